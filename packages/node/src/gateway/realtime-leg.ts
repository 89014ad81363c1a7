/** @module The part of a real-time session that one orchestrator does, from its start until it ends or fails. */
import { MpegTsMuxer } from '@tessera/media/container/mpegts-muxer'
import { TsStreamReader } from '@tessera/media/frames/ts-stream-reader'
import type { AccessUnit } from '@tessera/media/ingest/ingest-stream'
import type { Payer } from '@tessera/payments/payer'
import { feeOf } from '@tessera/protocol/price'
import { pixels, type Wei, wei } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { OrchestratorApi, Quote, RealtimeChannels } from '../rpc/orchestrator-api.ts'
import { OrchestratorError } from '../rpc/orchestrator-error.ts'
import { BadResultError } from './failure.ts'
import type { OrchestratorBook } from './orchestrator-book.ts'
import type {
  ChannelPublisher,
  ChannelSegmentWriter,
  ChannelSubscriber,
  RealtimeChannelFactory,
} from './realtime-channel.ts'
import type { Lease } from './session-pool.ts'
import type { UnitFeed } from './unit-feed.ts'

export type RealtimeLegConfig = {
  readonly streamId: string
  readonly modelId: string
  readonly params: Readonly<Record<string, number>>
  readonly hasAudio: boolean
  /** Without a result for so long while pictures go in, the orchestrator is given up, in ms. */
  readonly stallMs: number
  /** The same until the first result: models have to be loaded. */
  readonly startMs: number
  readonly paymentIntervalMs: number
}

export type RealtimeLegDeps = {
  readonly api: Pick<OrchestratorApi, 'startRealtime' | 'pay' | 'getQuote'>
  readonly payer: Payer
  readonly book: OrchestratorBook
  readonly channels: RealtimeChannelFactory
  readonly clock: Clock
  readonly log: Log
}

/** Told what goes in and comes out, in order. */
export type RealtimeObserver = {
  framePublished(picture: { readonly pts: number; readonly dts: number }): void
  frameReceived(pts: number): void
  /** Whole, starting with a keyframe at the time of one of the source's. */
  segmentReceived(bytes: Uint8Array): void
}

/** What a second of live video counts, whatever its size (Livepeer's rule): 1280 × 720 at 30 frames a second. */
const PIXELS_PER_SECOND = 1280 * 720 * 30
/** Paid ahead at the start: the balance never falls below this minus one interval. */
const PREPAID_MS = 15_000
/** Of one output segment: the limit of a trickle channel. Its bytes are held until it ends. */
const MAX_SEGMENT_BYTES = 16 << 20
const KEEP_ALIVE_MS = 10_000
const KEEP_ALIVE = new TextEncoder().encode('{"keep":"alive"}')
const PAYMENT_RETRY_MS = 1_000
const MAX_FAILED_PAYMENTS = 2
const WATCH_MS = 100
/** An orchestrator this many segments behind is too slow (go-livepeer's rule). */
const MAX_SEGMENTS_IN_FLIGHT = 3
/** After the last picture went in: how long the last results are waited for. */
const DRAIN_MS = 3_000

/** The orchestrator delivers nothing, or cannot keep up. */
class RealtimeStalledError extends BaseError {
  constructor(what: string, facts: BaseError['facts']) {
    super({
      code: 'REALTIME_STALLED',
      message: `The real-time output stalled: ${what}.`,
      facts,
      retryable: true,
    })
  }
}

class LegOverError extends BaseError {
  constructor() {
    super({ code: 'REALTIME_LEG_OVER', message: 'The stream ended.' })
  }
}

/**
 * Runs until the feed ended and its results are in. Rejects when another orchestrator is needed: it refused, broke off,
 * stalled or could not be paid; or with `signal.reason`.
 */
export async function runRealtimeLeg(
  config: RealtimeLegConfig,
  deps: RealtimeLegDeps,
  work: { readonly lease: Lease; readonly feed: UnitFeed; readonly observer: RealtimeObserver },
  signal: AbortSignal,
): Promise<void> {
  const quote = await work.lease.quote(signal)
  const channels = await start(config, deps, work.lease, quote, signal)
  await new RealtimeLeg(config, deps, work, quote, channels).run(signal)
}

async function start(
  config: RealtimeLegConfig,
  deps: RealtimeLegDeps,
  lease: Lease,
  quote: Quote,
  signal: AbortSignal,
): Promise<RealtimeChannels> {
  const { streamId, modelId, params } = config
  const fee = feeForMs(quote, PREPAID_MS)
  const staged = await deps.payer.stage({ quote, balanceKey: `${quote.authToken.sessionId}-start`, fee })
  const { payment, tickets } = staged
  try {
    const request = { quote, streamId, modelId, params, ...(payment && { payment }) }
    const channels = await deps.api.startRealtime(request, { signal })
    staged.settle({ spent: fee })
    deps.book.paid(lease.url, { tickets, feeWei: fee })
    return channels
  } catch (error) {
    staged.settle({ fate: error instanceof OrchestratorError ? error.paymentFate : 'unknown' })
    throw error
  }
}

function feeForMs(quote: Quote, ms: number): Wei {
  const work = pixels(BigInt(Math.ceil((ms * PIXELS_PER_SECOND) / 1000)))
  return quote.price ? feeOf(quote.price, work) : wei(0n)
}

class RealtimeLeg {
  readonly #config: RealtimeLegConfig
  readonly #deps: RealtimeLegDeps
  readonly #lease: Lease
  readonly #feed: UnitFeed
  readonly #observer: RealtimeObserver
  readonly #channels: RealtimeChannels
  readonly #startedAtMs: number
  #quote: Quote
  #isQuoteSpent = false
  #lastPublishedPts = Number.NEGATIVE_INFINITY
  #lastReceivedPts = Number.NEGATIVE_INFINITY
  #lastReceivedAtMs: number | undefined
  /** When the oldest picture that has no result yet went in. */
  #waitingSinceMs: number | undefined

  constructor(
    config: RealtimeLegConfig,
    deps: RealtimeLegDeps,
    work: { readonly lease: Lease; readonly feed: UnitFeed; readonly observer: RealtimeObserver },
    quote: Quote,
    channels: RealtimeChannels,
  ) {
    this.#config = config
    this.#deps = deps
    this.#lease = work.lease
    this.#feed = work.feed
    this.#observer = work.observer
    this.#quote = quote
    this.#channels = channels
    this.#startedAtMs = deps.clock.monotonicMs()
  }

  async run(signal: AbortSignal): Promise<void> {
    let failure: unknown
    const over = Promise.withResolvers<void>()
    const scope = new TaskScope({
      onFailure: ({ error }) => {
        failure ??= error
        over.resolve()
      },
    })
    const onAbort = (): void => {
      failure ??= signal.reason
      over.resolve()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    scope.run('real-time input and output', async (inner) => {
      await this.#exchange(inner)
      failure ??= new LegOverError()
      over.resolve()
    })
    scope.run('watch', (inner) => this.#watch(inner))
    scope.run('pay', (inner) => this.#pay(inner))
    scope.run('keep alive', (inner) => this.#keepAlive(inner))
    await over.promise
    signal.removeEventListener('abort', onAbort)
    await scope.close()
    if (!(failure instanceof LegOverError)) throw failure
  }

  /** Both directions at once; ends when the input ended and the output is in. */
  async #exchange(signal: AbortSignal): Promise<void> {
    const publisher = this.#deps.channels.publisher(this.#channels.publishUrl, 'video/MP2T')
    const subscriber = this.#deps.channels.subscriber(this.#channels.subscribeUrl)
    // Reads and writes that wait for the peer do not know the signal: dropping the connections ends them.
    const onAbort = (): void => {
      publisher.abandon()
      subscriber[Symbol.dispose]()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const receiving = this.#receive(subscriber, signal)
    receiving.catch(() => undefined)
    try {
      await Promise.race([this.#publish(publisher, signal), receiving.then(() => this.#checkEnd())])
      await this.#drain(signal)
      await publisher[Symbol.asyncDispose]()
      await Promise.race([receiving, this.#deps.clock.sleep(DRAIN_MS, { signal })])
    } finally {
      signal.removeEventListener('abort', onAbort)
      onAbort()
    }
  }

  /** The output ended: in order only after the input did. */
  #checkEnd(): void {
    if (!this.#feed.isEnded)
      throw new RealtimeStalledError('the orchestrator closed its channel', { url: this.#lease.url })
  }

  async #publish(publisher: ChannelPublisher, signal: AbortSignal): Promise<void> {
    const muxer = new MpegTsMuxer({ audio: this.#config.hasAudio })
    let segment: ChannelSegmentWriter | undefined
    for await (const unit of this.#feed.read(signal)) {
      if (unit.kind === 'video' && unit.isKeyframe) {
        segment?.close().catch((error: unknown) => this.#logLost(error))
        if (publisher.inFlight > MAX_SEGMENTS_IN_FLIGHT) {
          throw new RealtimeStalledError('the orchestrator does not keep up', {
            inFlight: publisher.inFlight,
          })
        }
        segment = publisher.segment()
        await segment.write(concatBytes(muxer.start(), muxer.write(unit)))
      } else await segment?.write(muxer.write(unit))
      if (segment) this.#published(unit)
    }
    await segment?.close()
  }

  #published(unit: AccessUnit): void {
    if (unit.kind !== 'video') return
    this.#lastPublishedPts = Math.max(this.#lastPublishedPts, unit.pts)
    this.#waitingSinceMs ??= this.#deps.clock.monotonicMs()
    this.#observer.framePublished(unit)
  }

  #logLost(error: unknown): void {
    this.#deps.log.debug(
      { url: this.#lease.url, error: describeError(error) },
      'a real-time segment was not confirmed',
    )
  }

  async #receive(subscriber: ChannelSubscriber, signal: AbortSignal): Promise<void> {
    // A segment counts once the next one begins: one that ends with its channel may have been cut off.
    let complete: Uint8Array | undefined
    for await (const { stream } of subscriber) {
      signal.throwIfAborted()
      if (complete) this.#observer.segmentReceived(complete)
      complete = await this.#receiveSegment(stream)
    }
    if (complete && this.#feed.isEnded) this.#observer.segmentReceived(complete)
  }

  async #receiveSegment(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
    const reader = new TsStreamReader()
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > MAX_SEGMENT_BYTES) {
        throw new BadResultError('a real-time segment without end', { url: this.#lease.url, bytes })
      }
      parts.push(chunk)
      for (const unit of reader.push(chunk)) if (unit.kind === 'video') this.#received(unit.pts)
    }
    for (const unit of reader.flush()) if (unit.kind === 'video') this.#received(unit.pts)
    return parts.length > 0 ? concatBytes(...parts) : undefined
  }

  #received(pts: number): void {
    const nowMs = this.#deps.clock.monotonicMs()
    this.#lastReceivedPts = Math.max(this.#lastReceivedPts, pts)
    this.#lastReceivedAtMs = nowMs
    this.#waitingSinceMs = this.#lastReceivedPts >= this.#lastPublishedPts ? undefined : nowMs
    this.#observer.frameReceived(pts)
  }

  async #drain(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps
    const endMs = clock.monotonicMs() + DRAIN_MS
    while (this.#waitingSinceMs !== undefined && clock.monotonicMs() < endMs)
      await clock.sleep(WATCH_MS, { signal })
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps
    while (!signal.aborted) {
      await clock.sleep(WATCH_MS, { signal })
      const limitMs = this.#lastReceivedAtMs === undefined ? this.#config.startMs : this.#config.stallMs
      const sinceMs = this.#waitingSinceMs ?? Number.POSITIVE_INFINITY
      const silentMs = clock.monotonicMs() - Math.max(sinceMs, this.#startedAtMs)
      if (silentMs > limitMs && !this.#feed.isEnded) {
        throw new RealtimeStalledError('no picture came back', {
          url: this.#lease.url,
          silentMs: Math.round(silentMs),
        })
      }
    }
  }

  /** One failed payment is made good by the next: what was paid ahead covers it. */
  async #pay(signal: AbortSignal): Promise<void> {
    let pauseMs = this.#config.paymentIntervalMs
    for (let failures = 0; !signal.aborted; ) {
      await this.#deps.clock.sleep(pauseMs, { signal })
      try {
        await this.#payInterval(signal)
        failures = 0
        pauseMs = this.#config.paymentIntervalMs
      } catch (error) {
        failures += 1
        if (failures > MAX_FAILED_PAYMENTS) throw error
        this.#deps.log.info(
          { url: this.#lease.url, error: describeError(error) },
          'a real-time payment failed',
        )
        this.#isQuoteSpent = true
        pauseMs = PAYMENT_RETRY_MS
      }
    }
  }

  async #payInterval(signal: AbortSignal): Promise<void> {
    const { api, payer, book } = this.#deps
    const { manifestId } = this.#channels
    const needs = { kind: 'live-video-to-video', modelId: this.#config.modelId } as const
    if (this.#isQuoteSpent || payer.isQuoteStale(this.#quote)) {
      this.#quote = await api.getQuote(this.#lease.url, needs, { signal, isRefresh: true })
      this.#isQuoteSpent = false
    }
    const quote = this.#quote
    const fee = feeForMs(quote, this.#config.paymentIntervalMs)
    const staged = await payer.stage({ quote, balanceKey: manifestId, fee })
    const { payment, tickets } = staged
    try {
      if (payment) this.#quote = (await api.pay({ quote, manifestId, needs, payment }, { signal })) ?? quote
    } catch (error) {
      staged.settle({ fate: error instanceof OrchestratorError ? error.paymentFate : 'unknown' })
      throw error
    }
    staged.settle({ spent: fee })
    book.paid(this.#lease.url, { tickets, feeWei: fee })
  }

  async #keepAlive(signal: AbortSignal): Promise<void> {
    const { clock, channels } = this.#deps
    const control = channels.publisher(this.#channels.controlUrl, 'application/json')
    const onAbort = (): void => control.abandon()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      while (!signal.aborted) {
        await clock.sleep(KEEP_ALIVE_MS, { signal })
        await control.publish(KEEP_ALIVE).catch((error: unknown) => this.#logLost(error))
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
      control.abandon()
    }
  }
}
