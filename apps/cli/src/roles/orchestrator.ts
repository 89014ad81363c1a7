/** @module The orchestrator as a process. */
import { startOrchestrator } from '@tessera/node/wiring/orchestrator'
import { type RunningRole, roleDeps } from './role-deps.ts'

export async function startOrchestratorRole(settings: unknown): Promise<RunningRole> {
  const orchestrator = await startOrchestrator(settings, roleDeps('orchestrator'))
  return {
    facts: { url: orchestrator.url, port: orchestrator.port, address: orchestrator.address },
    [Symbol.asyncDispose]: () => orchestrator[Symbol.asyncDispose](),
  }
}
