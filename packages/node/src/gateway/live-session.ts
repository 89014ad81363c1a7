/** @module One publication of a stream: cut it, have every segment transcoded, publish in order. */
import type { AccessUnit, IngestStream } from '@tessera/media/ingest/ingest-stream'
import { Segmenter } from '@tessera/media/ingest/segmenter'
import type { ObjectStore } from '@tessera/media/store/object-store'
import { measureSegment, type SegmentMeasure } from '@tessera/media/verify/measure'
import type { SegmentView } from '@tessera/protocol/network-view'
import type { Profile } from '@tessera/protocol/profile'
import type { Segment } from '@tessera/protocol/segment'
import { seq } from '@tessera/protocol/units'
import { BaseError, describeError } from '@tessera/runtime/errors'
import { reshape } from './fit-ladder.ts'
import type { GatewayMetrics } from './gateway-metrics.ts'
import type { HlsTrack, TrackSegment } from './hls-track.ts'
import { type Delivery, type DeliveryConfig, type DeliveryDeps, deliverSegment } from './segment-delivery.ts'
import type { StreamRecord } from './stream-record.ts'

export type LiveSessionConfig = DeliveryConfig & {
  readonly targetMs: number
  /** Longest time without a keyframe. */
  readonly maxMs: number
  readonly maxSegmentBytes: number
  readonly profiles: readonly Profile[]
  /** Bytes of segments that wait for orchestrators; beyond it the oldest is given up. */
  readonly maxWaitingBytes: number
}

export type LiveSessionDeps = DeliveryDeps & {
  readonly store: ObjectStore
  readonly record: StreamRecord
  readonly counters: GatewayMetrics
  /** Its renditions: `source`, then the profiles. */
  readonly track: HlsTrack
  /** Sees every access unit before it is cut; must return at once. */
  readonly tap?: ((unit: AccessUnit) => void) | undefined
}

type Transcoded = { readonly delivery: Delivery; readonly source: SegmentMeasure }
type Waiting = { readonly bytes: number; readonly stop: AbortController }

/** Too much of a stream waits for orchestrators. */
class OverloadError extends BaseError {
  constructor(waitingBytes: number) {
    super({
      code: 'GATEWAY_OVERLOADED',
      message: 'Orchestrators are slower than the stream, and too much of it is waiting.',
      facts: { waitingBytes },
      advice: 'Add orchestrators, or publish a smaller picture.',
    })
  }
}

/**
 * Segments are transcoded side by side, as many as orchestrators take, and published strictly in order, the source
 * together with its renditions.
 */
export class LiveSession {
  readonly #config: LiveSessionConfig
  readonly #deps: LiveSessionDeps
  readonly #stream: IngestStream
  readonly #startedAtMs: number
  readonly #firstSeq: number
  readonly #waiting = new Set<Waiting>()
  #isFirst = true
  #lastPublished: Promise<void> = Promise.resolve()

  constructor(stream: IngestStream, config: LiveSessionConfig, deps: LiveSessionDeps) {
    this.#stream = stream
    this.#config = config
    this.#deps = deps
    this.#startedAtMs = deps.clock.monotonicMs()
    this.#firstSeq = deps.track.nextSeq
  }

  /**
   * Until the publisher ended and all its segments are published or given up. A fault of the publisher ends the stream
   * and is told to it. Rejects only with `signal.reason`.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { targetMs, maxMs, maxSegmentBytes } = this.#config
    const segmenter = new Segmenter({
      manifestId: this.#stream.id,
      targetMs,
      maxMs,
      maxBytes: maxSegmentBytes,
    })
    const onAbort = (): void => this.#stream.abort(new GatewayStoppingError())
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      for await (const unit of this.#stream) {
        this.#deps.tap?.(unit)
        const segment = segmenter.push(unit)
        if (segment) this.#take(segment, signal)
      }
    } catch (error) {
      signal.throwIfAborted()
      this.#refuse(error)
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
    const rest = segmenter.flush()
    if (rest) this.#take(rest, signal)
    await this.#lastPublished
    signal.throwIfAborted()
  }

  #refuse(error: unknown): void {
    this.#deps.log.warn(
      { stream: this.#stream.id, error: describeError(error) },
      'publication ended with an error',
    )
    if (BaseError.isInstance(error)) this.#stream.abort(error)
  }

  #take(cut: Segment, signal: AbortSignal): void {
    const { record } = this.#deps
    const segment: Segment = {
      ...cut,
      seq: seq(this.#firstSeq + cut.seq),
      discontinuity: cut.discontinuity || (this.#isFirst && this.#firstSeq > 0),
    }
    this.#isFirst = false
    record.counts.segmentsIn += 1
    record.counts.framesIn += segment.frames
    record.counts.durationMs += segment.duration
    const delivered = this.#deliver(segment, signal)
    const before = this.#lastPublished
    this.#lastPublished = before.then(async () => this.#publish(segment, await delivered, signal))
    this.#lastPublished.catch(() => undefined)
  }

  /** Undefined when the segment was given up or the session stops. */
  async #deliver(segment: Segment, signal: AbortSignal): Promise<Transcoded | undefined> {
    const waiting: Waiting = { bytes: segment.bytes.length, stop: new AbortController() }
    this.#waiting.add(waiting)
    this.#shed()
    const view = { seq: segment.seq, durationMs: segment.duration }
    this.#deps.record.showSegment({ ...view, state: 'working', attempts: 0 })
    try {
      const source = measureSegment(segment.bytes)
      const job = { segment, source, profiles: reshape(this.#config.profiles, source) }
      const observer = {
        attempting: (url: string, attempts: number) => {
          const orchestrator = this.#deps.book.get(url)?.address
          this.#deps.record.showSegment({
            ...view,
            state: 'working',
            attempts,
            ...(orchestrator && { orchestrator }),
          })
        },
      }
      const stop = AbortSignal.any([signal, waiting.stop.signal])
      return {
        delivery: await deliverSegment(job, this.#config, this.#deps, { signal: stop, observer }),
        source,
      }
    } catch (error) {
      if (!signal.aborted)
        this.#deps.log.error({ seq: segment.seq, error: describeError(error) }, 'segment lost')
      return undefined
    } finally {
      this.#waiting.delete(waiting)
    }
  }

  #shed(): void {
    const waitingBytes = [...this.#waiting].reduce((sum, waiting) => sum + waiting.bytes, 0)
    const [oldest] = this.#waiting
    if (waitingBytes > this.#config.maxWaitingBytes && oldest && this.#waiting.size > 1) {
      oldest.stop.abort(new OverloadError(waitingBytes))
    }
  }

  async #publish(segment: Segment, done: Transcoded | undefined, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { record, track, store, log } = this.#deps
    const isPublished = done ? await track.publish(trackSegment(segment, done), signal) : false
    if (done && isPublished) this.#succeeded(segment, done.delivery)
    else {
      if (!done) await track.skip(segment.seq)
      record.counts.segmentsLost += 1
      this.#deps.counters.segmentLost()
      record.showSegment({
        seq: segment.seq,
        durationMs: segment.duration,
        state: 'lost',
        attempts: done?.delivery.attempts ?? 0,
      })
    }
    await record.save(store, log)
  }

  #succeeded(segment: Segment, delivery: Delivery): void {
    const { record, book, clock, log, counters } = this.#deps
    record.counts.firstPlayableMs ??= Math.round(clock.monotonicMs() - this.#startedAtMs)
    record.showSegment(segmentView(segment, delivery))
    counters.segmentPublished(delivery.totalMs / 1000)
    counters.ticketsSent(delivery.tickets)
    for (const { ms } of delivery.swaps) counters.swapped(ms / 1000)
    const addressOf = (url: string) => book.get(url)?.address ?? delivery.orchestrator
    record.showSwaps(
      delivery.swaps.map((swap) => ({
        seq: segment.seq,
        from: addressOf(swap.fromUrl),
        to: delivery.orchestrator,
        ms: Math.round(swap.ms),
      })),
    )
    log.debug(
      { seq: segment.seq, orchestrator: delivery.orchestrator, totalMs: Math.round(delivery.totalMs) },
      'segment published',
    )
  }
}

class GatewayStoppingError extends BaseError {
  constructor() {
    super({
      code: 'GATEWAY_STOPPING',
      message: 'The gateway is stopping.',
      advice: 'Publish again when it is back: the stream goes on under the same address.',
      retryable: true,
    })
  }
}

function trackSegment(segment: Segment, { delivery, source }: Transcoded): TrackSegment {
  return {
    seq: segment.seq,
    durationMs: segment.duration,
    discontinuity: segment.discontinuity,
    renditions: [{ name: 'source', bytes: segment.bytes, measure: source }, ...delivery.renditions],
  }
}

function segmentView(segment: Segment, delivery: Delivery): SegmentView {
  return {
    seq: segment.seq,
    state: 'done',
    durationMs: segment.duration,
    orchestrator: delivery.orchestrator,
    attempts: delivery.attempts,
    uploadMs: Math.round(delivery.uploadMs),
    transcodeMs: Math.round(delivery.transcodeMs),
    totalMs: Math.round(delivery.totalMs),
    feeWei: String(delivery.feeWei),
    tickets: delivery.tickets,
  }
}
