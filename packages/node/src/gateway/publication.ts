/** @module One publisher's visit: sets up what its stream needs, and ends the playlists if it does not come back. */
import type { AccessUnit, IngestInfo, IngestStream } from '@tessera/media/ingest/ingest-stream'
import { describeError } from '@tessera/runtime/errors'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { Needs } from '../rpc/orchestrator-api.ts'
import type { GatewayConfig } from './config.ts'
import { fitLadder } from './fit-ladder.ts'
import type { GatewayDeps } from './gateway-deps.ts'
import type { GatewayMetrics } from './gateway-metrics.ts'
import { LiveSession } from './live-session.ts'
import type { OrchestratorBook } from './orchestrator-book.ts'
import { RealtimeSession } from './realtime-session.ts'
import { DEFAULT_WEIGHTS } from './selection.ts'
import { SessionPool } from './session-pool.ts'
import type { StreamRecord } from './stream-record.ts'
import type { StreamRegistry } from './stream-registry.ts'

export type PublicationDeps = Omit<GatewayDeps, 'directory' | 'statusOf' | 'chainFacts'> & {
  readonly book: OrchestratorBook
  readonly realtimeBook: OrchestratorBook
  readonly counters: GatewayMetrics
  readonly registry: StreamRegistry
}

type Realtime = {
  readonly session: RealtimeSession
  readonly scope: TaskScope
  readonly ended: Promise<void>
}

/** Two seconds without a picture are an outage; loading a model may take longer. Payments as go-livepeer's. */
const REALTIME_TIMES = { stallMs: 2_000, startMs: 10_000, paymentIntervalMs: 5_000 }

export class Publication {
  readonly #stream: IngestStream
  readonly #config: GatewayConfig
  readonly #deps: PublicationDeps
  readonly #successor = new AbortController()
  readonly #over = Promise.withResolvers<void>()

  constructor(stream: IngestStream, config: GatewayConfig, deps: PublicationDeps) {
    this.#stream = stream
    this.#config = config
    this.#deps = deps
  }

  /** The publisher is back: leaves the playlists open; resolves when all segments of this visit are published. */
  async handOver(): Promise<void> {
    this.#successor.abort(new Error('The publisher is back.'))
    await this.#over.promise
  }

  /** Rejects only with `signal.reason`. */
  async run(signal: AbortSignal): Promise<void> {
    const { log } = this.#deps
    try {
      const info = await this.#stream.info
      const record = await this.#deps.registry.open(this.#stream.id)
      await this.#publish(record, info, signal)
    } catch (error) {
      signal.throwIfAborted()
      log.warn({ error: describeError(error) }, 'a publication failed')
    } finally {
      this.#over.resolve()
    }
  }

  async #publish(record: StreamRecord, info: IngestInfo, signal: AbortSignal): Promise<void> {
    const { registry, store, log } = this.#deps
    const profiles = fitLadder(this.#config.ladder, info.video)
    const track = registry.track(record, 'main', ['source', ...profiles.map((profile) => profile.name)])
    record.begin(info)
    const realtime = this.#startRealtime(record, info)
    try {
      await using pool = this.#openPool({ kind: 'transcode' }, this.#deps.book, this.#config.maxInFlight)
      const tap = realtime && ((unit: AccessUnit) => realtime.session.push(unit))
      const deps = { ...this.#deps, pool, record, track, tap }
      await new LiveSession(this.#stream, this.#sessionConfig(profiles), deps).run(signal)
    } finally {
      record.isLive = false
      realtime?.session.end()
      if (signal.aborted) await realtime?.scope.close()
    }
    const isBack = await this.#waitForSuccessor(signal)
    if (!isBack) {
      track.end()
      await record.save(store, log)
      log.info({ segments: record.counts.segmentsIn, lost: record.counts.segmentsLost }, 'stream ended')
    }
    await realtime?.ended
    await realtime?.scope.close()
  }

  /** Runs beside the stream; whatever happens to it, the stream does not notice. */
  #startRealtime(record: StreamRecord, info: IngestInfo): Realtime | undefined {
    const { registry, pipeline, realtimeBook, log } = this.#deps
    const { realtime } = this.#config
    if (!realtime || !pipeline) return undefined
    const scope = new TaskScope({
      onFailure: ({ error }) =>
        log.error({ error: describeError(error) }, 'real-time AI ended with an error'),
    })
    const pool = this.#openPool({ kind: 'live-video-to-video', modelId: realtime.modelId }, realtimeBook, 1)
    scope.defer(() => pool[Symbol.asyncDispose]())
    const session = new RealtimeSession(
      { ...realtime, ...REALTIME_TIMES, streamId: record.id, hasAudio: info.audio !== undefined, pipeline },
      { ...this.#deps, pool, record, track: registry.track(record, 'ai', ['ai']) },
    )
    record.realtimeView = () => session.view()
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    scope.run('real-time AI', (signal) => session.run(signal).finally(resolve))
    return { session, scope, ended }
  }

  #openPool(needs: Needs, book: OrchestratorBook, maxInFlight: number): SessionPool {
    const { discoveryTimeoutMs, maxPrice } = this.#config
    return new SessionPool(
      { needs, maxInFlight, discoveryTimeoutMs, maxPrice, weights: DEFAULT_WEIGHTS },
      { ...this.#deps, book, isQuoteStale: (quote) => this.#deps.payer.isQuoteStale(quote) },
    )
  }

  #sessionConfig(profiles: ReturnType<typeof fitLadder>): ConstructorParameters<typeof LiveSession>[1] {
    const { segmentMs, maxKeyframeMs, maxSegmentBytes, maxWaitingBytes, patienceMs, maxFaults } = this.#config
    return {
      targetMs: segmentMs,
      maxMs: maxKeyframeMs,
      maxSegmentBytes,
      maxWaitingBytes,
      patienceMs,
      maxFaults,
      profiles,
    }
  }

  /** True when the publisher came back within the time that the playlists wait for it. */
  async #waitForSuccessor(signal: AbortSignal): Promise<boolean> {
    const stop = AbortSignal.any([signal, this.#successor.signal])
    try {
      await this.#deps.clock.sleep(this.#config.reconnectMs, { signal: stop })
      return false
    } catch (error) {
      if (this.#successor.signal.aborted) return true
      throw error
    }
  }
}
