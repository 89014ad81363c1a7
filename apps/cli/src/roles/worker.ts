/** @module The worker as a process. */
import { startWorker } from '@tessera/node/wiring/worker'
import { type RunningRole, roleDeps } from './role-deps.ts'

export async function startWorkerRole(settings: unknown): Promise<RunningRole> {
  const worker = await startWorker(settings, roleDeps('worker'))
  return {
    facts: worker.runnerPort === undefined ? {} : { runnerPort: worker.runnerPort },
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  }
}
