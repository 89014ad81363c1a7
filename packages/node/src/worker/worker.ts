/** @module A worker: dials its orchestrator, transcodes what it is sent, and offers its AI runner. */
import { createClient } from '@connectrpc/connect'
import type { Transcoder } from '@tessera/media/transcode/transcoder'
import {
  CAPABILITY,
  type Capabilities,
  capabilities,
  capabilityBits,
  DEFAULT_CAPABILITY_BITS,
  WIRE_VERSION,
} from '@tessera/protocol/capabilities'
import {
  AIWorker,
  type NotifySegment,
  Transcoder as TranscoderGrpc,
} from '@tessera/protocol/gen/net/worker_pb'
import { capabilitiesToWire } from '@tessera/protocol/wire/capabilities'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import { dial } from '../rpc/grpc-call.ts'
import { HttpClient } from '../rpc/http-client.ts'
import { RUNNER_URL_HEADER } from '../rpc/worker-protocol.ts'
import type { WorkerConfig } from './config.ts'
import { keepConnected } from './reconnect.ts'
import { refuseTask, runTask } from './transcode-task.ts'

/** An orchestrator that answers no ping for so long is taken for gone. */
const PING_MS = 5_000

/** A live runner to offer beside transcoding. */
export type OfferedRunner = {
  /** Base URL at which the orchestrator reaches it. */
  readonly url: string
  /** Model to sessions at a time. */
  readonly models: ReadonlyMap<string, number>
}

export type WorkerDeps = {
  /** Owned by the caller. */
  readonly transcoder: Transcoder
  readonly runner?: OfferedRunner | undefined
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Works until closed. Closing lets segments under way finish, sends new ones back, then leaves the orchestrator. */
export class Worker implements AsyncDisposable {
  readonly #config: WorkerConfig
  readonly #deps: WorkerDeps
  readonly #http: HttpClient
  readonly #scope: TaskScope
  readonly #running = new Set<Promise<void>>()
  #isDraining = false
  #done = 0

  private constructor(config: WorkerConfig, deps: WorkerDeps) {
    this.#config = config
    this.#deps = deps
    this.#http = new HttpClient(deps.clock)
    this.#scope = new TaskScope({
      onFailure: ({ task, error }) => deps.log.error({ task, error }, 'task failed'),
    })
    this.#scope.defer(() => this.#http[Symbol.dispose]())
  }

  static start(config: WorkerConfig, deps: WorkerDeps): Worker {
    const worker = new Worker(config, deps)
    const link = (name: string, connect: (signal: AbortSignal) => Promise<void>): void =>
      worker.#scope.run(name, (signal) =>
        keepConnected(name, () => connect(signal), {
          maxPauseMs: config.maxReconnectMs,
          signal,
          clock: deps.clock,
          random: deps.random,
          log: deps.log,
        }),
      )
    link('transcoder link', (signal) => worker.#serveSegments(signal))
    const { runner } = deps
    if (runner) link('AI runner link', (signal) => worker.#offerRunner(runner, signal))
    return worker
  }

  get segments(): { readonly running: number; readonly done: number } {
    return { running: this.#running.size, done: this.#done }
  }

  async close(): Promise<void> {
    this.#isDraining = true
    const limit = deadline(this.#deps.clock, this.#config.drainMs, { reason: () => new DrainTimeoutError() })
    const timedOut = new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve()))
    await Promise.race([Promise.allSettled(this.#running), timedOut])
    limit.clear()
    await this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #serveSegments(signal: AbortSignal): Promise<void> {
    const { orchestratorUrl, secret, capacity } = this.#config
    using connection = await dial(orchestratorUrl, this.#deps, { signal, pingIntervalMs: PING_MS })
    const offer = {
      secret,
      capacity: BigInt(capacity),
      capabilities: capabilitiesToWire(capabilities(DEFAULT_CAPABILITY_BITS, { version: WIRE_VERSION })),
    }
    this.#deps.log.info({ url: orchestratorUrl, capacity }, 'joining the orchestrator')
    const stream = createClient(TranscoderGrpc, connection.transport).registerTranscoder(offer, { signal })
    for await (const message of stream) this.#take(message, signal)
  }

  #take(message: NotifySegment, signal: AbortSignal): void {
    // Without a URL it says that a session is over; nothing is kept per session here.
    if (message.url === '') return
    const deps = { ...this.#deps, http: this.#http }
    const work = this.#isDraining
      ? refuseTask(message, this.#config, deps)
      : runTask(message, this.#config, deps, signal)
    const running = work.then(
      () => {
        this.#done++
      },
      (error: unknown) =>
        this.#deps.log.warn(
          { taskId: message.taskId, reason: describeError(error) },
          'a result was not delivered',
        ),
    )
    this.#running.add(running)
    void running.then(() => this.#running.delete(running))
  }

  async #offerRunner(runner: OfferedRunner, signal: AbortSignal): Promise<void> {
    const { orchestratorUrl, secret } = this.#config
    using connection = await dial(orchestratorUrl, this.#deps, { signal, pingIntervalMs: PING_MS })
    const stream = createClient(AIWorker, connection.transport).registerAIWorker(
      { secret, capabilities: capabilitiesToWire(liveOffer(runner)) },
      { signal, headers: { [RUNNER_URL_HEADER]: runner.url } },
    )
    for await (const job of stream) {
      this.#deps.log.debug(
        { taskId: job.taskId },
        'batch AI job ignored: this worker runs live pipelines only',
      )
    }
  }
}

class DrainTimeoutError extends BaseError {
  constructor() {
    super({ code: 'DRAIN_TIMEOUT', message: 'Segments under way did not finish in time.' })
  }
}

function liveOffer({ models }: OfferedRunner): Capabilities {
  const constraints = [...models].map(
    ([id, capacity]) => [id, { warm: true, capacity, runnerVersion: '', capacityInUse: 0 }] as const,
  )
  return capabilities(DEFAULT_CAPABILITY_BITS | capabilityBits([CAPABILITY.liveVideoToVideo]), {
    version: WIRE_VERSION,
    capacities: new Map([[CAPABILITY.liveVideoToVideo, [...models.values()].reduce((a, b) => a + b, 0)]]),
    models: new Map([[CAPABILITY.liveVideoToVideo, new Map(constraints)]]),
  })
}
