/** @module The relayer between two development chains as a process. */
import { startRelayer } from '@tessera/node/wiring/relayer'
import { type RunningRole, roleDeps } from './role-deps.ts'

export async function startRelayerRole(settings: unknown): Promise<RunningRole> {
  const relayer = await startRelayer(settings, roleDeps('relayer'))
  return {
    facts: { address: relayer.address },
    [Symbol.asyncDispose]: () => relayer[Symbol.asyncDispose](),
  }
}
