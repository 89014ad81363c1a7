/** @module The gateway as a process. */
import { startGateway } from '@tessera/node/wiring/gateway'
import { type RunningRole, roleDeps } from './role-deps.ts'

export async function startGatewayRole(settings: unknown): Promise<RunningRole> {
  const gateway = await startGateway(settings, roleDeps('gateway'))
  return {
    facts: {
      rtmpPort: gateway.rtmpPort,
      httpPort: gateway.httpPort,
      publishUrl: gateway.publishUrl,
      address: gateway.address,
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
}
