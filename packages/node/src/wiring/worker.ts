/** @module A whole worker from its settings: codec processes, a live runner if wanted, the link to its orchestrator. */
import { RealtimeRunner } from '@tessera/ai/realtime/runner'
import { livePipelines } from '@tessera/ai/registry'
import { CodecPool } from '@tessera/media/transcode/codec-pool'
import { TaskScope } from '@tessera/runtime/task-scope'
import { runnerToken } from '../rpc/worker-protocol.ts'
import { parseWorkerConfig, type RunnerConfig } from '../worker/config.ts'
import { type OfferedRunner, Worker } from '../worker/worker.ts'
import type { NodeDeps } from './node-deps.ts'

export type RunningWorker = AsyncDisposable & {
  /** Absent without a live runner. */
  readonly runnerPort: number | undefined
  /** Segments so far, and now. */
  readonly segments: { readonly running: number; readonly done: number }
}

const RUNNER_VERSION = '0.1.0'

/**
 * Resolves when the codec processes are up; the orchestrator may come later. Closing drains: segments under way finish,
 * new ones go back to the orchestrator.
 *
 * @param settings as JSON; see `worker/config.ts`
 * @throws {BaseError} wrong settings, codecs that do not run here, a port in use: nothing is left running then
 */
export async function startWorker(
  settings: unknown,
  deps: Omit<NodeDeps, 'metrics'>,
): Promise<RunningWorker> {
  const config = parseWorkerConfig(settings)
  const scope = new TaskScope()
  try {
    const transcoder = await CodecPool.start({ size: config.capacity }, deps)
    scope.defer(() => transcoder[Symbol.asyncDispose]())
    const runner = config.runner && (await startRunner(config.runner, config.secret, deps, scope))
    const worker = Worker.start(config, { ...deps, transcoder, runner: runner?.offer })
    scope.defer(() => worker.close())
    return {
      runnerPort: runner?.port,
      get segments() {
        return worker.segments
      },
      [Symbol.asyncDispose]: () => scope.close(),
    }
  } catch (error) {
    await scope.close()
    throw error
  }
}

async function startRunner(
  config: RunnerConfig,
  secret: string,
  deps: Omit<NodeDeps, 'metrics'>,
  scope: TaskScope,
): Promise<{ readonly port: number; readonly offer: OfferedRunner }> {
  const { host, port, capacity, threads } = config
  const runner = await RealtimeRunner.listen(
    { host, port, capacity, threads, authToken: runnerToken(secret), version: RUNNER_VERSION },
    deps,
  )
  scope.defer(() => runner[Symbol.asyncDispose]())
  const models = new Map(livePipelines.map(({ modelId }) => [modelId, capacity]))
  return { port: runner.port, offer: { url: config.url ?? `http://${host}:${runner.port}`, models } }
}
