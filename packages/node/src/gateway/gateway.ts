/** @module The gateway: takes streams in, has them transcoded by orchestrators, serves them. */
import type { IngestStream } from '@tessera/media/ingest/ingest-stream'
import { type PublishRequest, RtmpServer } from '@tessera/media/rtmp/server'
import type { NetworkView } from '@tessera/protocol/network-view'
import { BaseError, describeError } from '@tessera/runtime/errors'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { GatewayConfig } from './config.ts'
import type { GatewayDeps } from './gateway-deps.ts'
import { type GatewayMetrics, gatewayMetrics } from './gateway-metrics.ts'
import { httpApp } from './http/app.ts'
import { HttpServer } from './http/http-server.ts'
import { networkView, withPaymentsOf } from './network-view.ts'
import { OrchestratorBook } from './orchestrator-book.ts'
import { Publication } from './publication.ts'
import { StreamRegistry } from './stream-registry.ts'

/** RTMP application that publishers name: `rtmp://host/live/<key>`. */
const RTMP_APP = 'live'
const STATUS_INTERVAL_MS = 2_000
/** Until the directory was read once it is tried again this often. */
const DIRECTORY_RETRY_MS = 500

export class Gateway implements AsyncDisposable {
  readonly #config: GatewayConfig
  readonly #deps: GatewayDeps
  readonly #scope: TaskScope
  readonly #book: OrchestratorBook
  /** Suspensions from real-time AI, apart: an AI worker that died says nothing about transcoding. */
  readonly #realtimeBook: OrchestratorBook
  readonly #registry: StreamRegistry
  readonly #counters: GatewayMetrics
  /** By stream id: live ones, and those that wait for their publisher to come back. */
  readonly #publications = new Map<string, Publication>()
  #rtmp: RtmpServer | undefined
  #http: HttpServer | undefined

  private constructor(config: GatewayConfig, deps: GatewayDeps, registry: StreamRegistry) {
    this.#config = config
    this.#deps = deps
    this.#registry = registry
    this.#book = new OrchestratorBook(deps)
    this.#realtimeBook = new OrchestratorBook(deps)
    this.#counters = gatewayMetrics(deps.metrics)
    this.#scope = new TaskScope({
      onFailure: ({ task, error }) =>
        deps.log.error({ task, error: describeError(error) }, 'a task of the gateway failed'),
    })
  }

  /** Serves when it resolves. @throws typed errors when a port is taken; nothing is left running then. */
  static async start(config: GatewayConfig, deps: GatewayDeps): Promise<Gateway> {
    const { windowMs, maxStreams, segmentMs } = config
    const registry = await StreamRegistry.open(
      { windowMs, maxStreams, targetMs: segmentMs, storePatienceMs: config.patienceMs },
      deps,
    )
    const gateway = new Gateway(config, deps, registry)
    try {
      await gateway.#listen()
    } catch (error) {
      await gateway[Symbol.asyncDispose]()
      throw error
    }
    return gateway
  }

  get rtmpPort(): number {
    return this.#rtmp?.port ?? 0
  }

  get httpPort(): number {
    return this.#http?.port ?? 0
  }

  /** Without the stream key. */
  get publishUrl(): string {
    return `rtmp://${this.#config.publicHost}:${this.rtmpPort}/${RTMP_APP}`
  }

  view(): NetworkView {
    const { clock, payer, chainFacts } = this.#deps
    return networkView({
      atMs: clock.nowMs(),
      nowMonotonicMs: clock.monotonicMs(),
      address: payer.address,
      publishUrl: this.publishUrl,
      streams: this.#registry.all().map((record) => record.view()),
      orchestrators: withPaymentsOf(this.#realtimeBook, this.#book.all()),
      chain: chainFacts.snapshot(),
    })
  }

  /** Stops taking in, stops all work, closes the ports. Streams go on when their publishers find a gateway again. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.close()
    await this.#rtmp?.[Symbol.asyncDispose]()
    await this.#http?.[Symbol.asyncDispose]()
  }

  async #listen(): Promise<void> {
    const { clock, log, metrics, store } = this.#deps
    const app = httpApp(this.#config, {
      registry: this.#registry,
      store,
      view: () => this.view(),
      metrics,
      clock,
      log,
      signal: this.#scope.signal,
    })
    this.#http = await HttpServer.listen(app, this.#config.http)
    this.#rtmp = await RtmpServer.listen(this.#config.rtmp, {
      clock,
      log,
      authorize: async (request) => this.#authorize(request),
      onPublish: (stream) => this.#accept(stream),
    })
    this.#scope.run('directory', (signal) => this.#followDirectory(signal))
    this.#scope.run('status of orchestrators', (signal) => this.#pollStatus(signal))
  }

  #authorize(request: PublishRequest): { readonly id: string } | BaseError {
    const [key] = request.name.split('?')
    const entry = Object.entries(this.#config.streamKeys).find(([known]) => known === key)
    const isRightApp = request.app.replace(/\/+$/, '') === RTMP_APP
    return entry && isRightApp ? { id: entry[1] } : new WrongStreamKeyError(this.publishUrl)
  }

  #accept(stream: IngestStream): void {
    const waiting = this.#publications.get(stream.id)
    const publication = new Publication(stream, this.#config, {
      ...this.#deps,
      log: this.#deps.log.child({ stream: stream.id }),
      book: this.#book,
      realtimeBook: this.#realtimeBook,
      counters: this.#counters,
      registry: this.#registry,
    })
    this.#publications.set(stream.id, publication)
    this.#scope.run(`stream ${stream.id}`, async (signal) => {
      await waiting?.handOver()
      await publication.run(signal)
      if (this.#publications.get(stream.id) === publication) this.#publications.delete(stream.id)
    })
  }

  async #followDirectory(signal: AbortSignal): Promise<void> {
    const { clock, directory, log } = this.#deps
    while (!signal.aborted) {
      try {
        const listed = await directory.list({ signal })
        this.#book.update(listed)
        this.#realtimeBook.update(listed)
      } catch (error) {
        signal.throwIfAborted()
        log.warn(
          { error: describeError(error) },
          'the list of orchestrators could not be read; the last one stays',
        )
      }
      const isKnown = this.#book.listed().length > 0
      await clock.sleep(isKnown ? this.#config.directoryRefreshMs : DIRECTORY_RETRY_MS, { signal })
    }
  }

  async #pollStatus(signal: AbortSignal): Promise<void> {
    const { clock, log, statusOf } = this.#deps
    while (!signal.aborted) {
      await Promise.all(
        this.#book.listed().map(async ({ url }) => {
          try {
            this.#book.reported(url, await statusOf(url, signal))
          } catch (error) {
            log.trace({ url, error: describeError(error) }, 'an orchestrator did not tell its status')
          }
        }),
      )
      await clock.sleep(STATUS_INTERVAL_MS, { signal })
    }
  }
}

class WrongStreamKeyError extends BaseError {
  constructor(publishUrl: string) {
    super({
      code: 'RTMP_WRONG_STREAM_KEY',
      message: 'The stream key is not known to this gateway.',
      advice: `Publish to ${publishUrl}/<stream key>; the keys are in the gateway's settings.`,
    })
  }
}
