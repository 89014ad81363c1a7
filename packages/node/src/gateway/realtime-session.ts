/** @module Real-time AI on one publication: one orchestrator after another, one timeline of results. */
import type { AccessUnit } from '@tessera/media/ingest/ingest-stream'
import type { ObjectStore } from '@tessera/media/store/object-store'
import { measureSegment, type SegmentMeasure } from '@tessera/media/verify/measure'
import type { Address } from '@tessera/protocol/address'
import type { RealtimeView } from '@tessera/protocol/network-view'
import { TICKS_PER_MS } from '@tessera/protocol/units'
import { describeError } from '@tessera/runtime/errors'
import { classifyFailure } from './classify-failure.ts'
import type { HlsTrack } from './hls-track.ts'
import { LatencyWindow } from './latency-window.ts'
import { type RealtimeLegConfig, type RealtimeLegDeps, runRealtimeLeg } from './realtime-leg.ts'
import type { Lease, SessionPool } from './session-pool.ts'
import type { StreamRecord } from './stream-record.ts'
import { UnitFeed } from './unit-feed.ts'

/** What a pipeline is, for people. */
export type PipelineDescription = { readonly title: string; readonly description: string }

export type RealtimeSessionConfig = RealtimeLegConfig & { readonly pipeline: PipelineDescription }

export type RealtimeSessionDeps = RealtimeLegDeps & {
  /** Of orchestrators that offer the model. Its failures do not touch transcoding. */
  readonly pool: Pick<SessionPool, 'acquire'>
  readonly track: HlsTrack
  readonly record: StreamRecord
  readonly store: ObjectStore
}

/** Enough to begin again at the last keyframe whose result is not in, over one swap. */
const FEED_LIMITS = { maxBytes: 64 * 2 ** 20, maxMs: 15_000 }
/** Pictures whose way back is being measured. */
const MAX_TIMED = 1_000
/** Times are 33 bits in a transport stream. */
const WRAP = 2 ** 33
/** Publishing ends by itself: the track's patience with the store is limited. */
const NEVER = new AbortController().signal
/** Between two orchestrators that failed at once. */
const PAUSE_MS = 200

export class RealtimeSession {
  readonly #config: RealtimeSessionConfig
  readonly #deps: RealtimeSessionDeps
  readonly #feed = new UnitFeed(FEED_LIMITS)
  readonly #latency = new LatencyWindow()
  /** When each picture went in, by its time on the wire. */
  readonly #publishedAtMs = new Map<number, number>()
  readonly #received = { last: Number.NEGATIVE_INFINITY, segmentEnd: Number.NEGATIVE_INFINITY }
  #newestIn = Number.NEGATIVE_INFINITY
  #newestDts = Number.NEGATIVE_INFINITY
  #framesIn = 0
  #framesOut = 0
  #swaps = 0
  #state: RealtimeView['state'] = 'starting'
  #orchestrator: Address | undefined
  #isNewLeg = true
  readonly #ended = new AbortController()
  #lastPublished: Promise<void> = Promise.resolve()

  constructor(config: RealtimeSessionConfig, deps: RealtimeSessionDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Takes a unit of the stream; returns at once. */
  push(unit: AccessUnit): void {
    this.#feed.push(unit)
  }

  /** The stream ended: the results that are still coming are taken, then `run` ends. */
  end(): void {
    this.#feed.end()
    this.#ended.abort(new Error('The stream ended.'))
  }

  view(): RealtimeView {
    const [p50, p95] = [this.#latency.percentile(0.5), this.#latency.percentile(0.95)]
    return {
      pipeline: this.#config.pipeline.title,
      description: this.#config.pipeline.description,
      state: this.#state,
      ...(this.#orchestrator && { orchestrator: this.#orchestrator }),
      hlsPath: `/stream/${this.#config.streamId}/ai.m3u8`,
      isPlayable: !this.#deps.track.isEmpty,
      framesIn: this.#framesIn,
      framesOut: this.#framesOut,
      ...(p50 !== undefined && { p50Ms: Math.round(p50) }),
      ...(p95 !== undefined && { p95Ms: Math.round(p95) }),
      swaps: this.#swaps,
    }
  }

  /** Until the stream ended. Failures lead to the next orchestrator. Rejects only with `signal.reason`. */
  async run(signal: AbortSignal): Promise<void> {
    const failed = new Set<string>()
    try {
      while (!this.#feed.isEnded) await this.#leg(failed, signal)
    } finally {
      await this.#lastPublished
      this.#state = 'ended'
      this.#deps.track.end()
      await this.#deps.record.save(this.#deps.store, this.#deps.log)
    }
  }

  async #leg(failed: Set<string>, signal: AbortSignal): Promise<void> {
    const { book, log, clock } = this.#deps
    const lease = await this.#lease(failed, signal)
    if (!lease) return
    this.#orchestrator = book.get(lease.url)?.address
    this.#isNewLeg = true
    try {
      await runRealtimeLeg(this.#config, this.#deps, { lease, feed: this.#feed, observer: this }, signal)
      lease.cancel()
    } catch (error) {
      if (signal.aborted) {
        lease.cancel()
        throw signal.reason
      }
      log.warn({ url: lease.url, error: describeError(error) }, 'real-time AI goes to another orchestrator')
      lease.fail(classifyFailure(error))
      failed.clear()
      failed.add(lease.url)
      if (this.#state === 'running') this.#swaps += 1
      this.#state = this.#framesOut > 0 ? 'swapping' : 'starting'
      await clock.sleep(PAUSE_MS, { signal })
    }
  }

  /** Undefined when the stream ended before an orchestrator was found. */
  async #lease(failed: ReadonlySet<string>, signal: AbortSignal): Promise<Lease | undefined> {
    try {
      const stop = AbortSignal.any([signal, this.#ended.signal])
      return await this.#deps.pool.acquire({ order: 0, avoid: failed, exclude: new Set() }, stop)
    } catch (error) {
      signal.throwIfAborted()
      if (this.#feed.isEnded) return undefined
      throw error
    }
  }

  framePublished({ pts, dts }: { readonly pts: number; readonly dts: number }): void {
    this.#publishedAtMs.set(wire(pts), this.#deps.clock.monotonicMs())
    if (this.#publishedAtMs.size > MAX_TIMED)
      this.#publishedAtMs.delete(this.#publishedAtMs.keys().next().value!)
    this.#newestIn = Math.max(this.#newestIn, pts)
    // After a swap the newest pictures go in again; decoding order tells them, B-pictures are shown out of it.
    if (dts <= this.#newestDts) return
    this.#newestDts = dts
    this.#framesIn += 1
  }

  frameReceived(raw: number): void {
    const sentAtMs = this.#publishedAtMs.get(raw)
    if (sentAtMs === undefined) return
    this.#publishedAtMs.delete(raw)
    this.#latency.add(this.#deps.clock.monotonicMs() - sentAtMs)
    this.#state = 'running'
    const pts = near(raw, this.#newestIn)
    if (pts <= this.#received.last) return
    this.#received.last = pts
    this.#framesOut += 1
  }

  segmentReceived(bytes: Uint8Array): void {
    const measure = this.#measured(bytes)
    if (!measure) return
    const firstPts = near(measure.firstPts, this.#newestIn)
    // The next orchestrator begins at a keyframe: what the one before delivered of it already is not shown twice.
    if (firstPts <= this.#received.segmentEnd || !measure.startsWithKeyframe) return
    const { track } = this.#deps
    this.#received.segmentEnd = near(measure.lastPts, this.#newestIn)
    this.#feed.confirm(firstPts)
    const discontinuity = this.#isNewLeg && !track.isEmpty
    this.#isNewLeg = false
    // Not waited for: writing to the store must not hold up the pictures that come next.
    this.#lastPublished = this.#lastPublished.then(() => this.#publish(bytes, measure, discontinuity))
  }

  async #publish(bytes: Uint8Array, measure: SegmentMeasure, discontinuity: boolean): Promise<void> {
    const { track, record, store, log } = this.#deps
    const durationMs = Math.round(measure.durationTicks / TICKS_PER_MS)
    const renditions = [{ name: 'ai', bytes, measure }]
    try {
      await track.publish({ seq: track.nextSeq, durationMs, discontinuity, renditions }, NEVER)
      await record.save(store, log)
    } catch (error) {
      log.warn({ error: describeError(error) }, 'a real-time segment could not be published')
    }
  }

  #measured(bytes: Uint8Array): SegmentMeasure | undefined {
    try {
      return measureSegment(bytes)
    } catch (error) {
      this.#deps.log.warn(
        { error: describeError(error), bytes: bytes.length },
        'a real-time segment is not readable',
      )
      return undefined
    }
  }
}

/** As it is in a transport stream. */
function wire(pts: number): number {
  return ((pts % WRAP) + WRAP) % WRAP
}

/** The time that `raw` stands for, nearest to `reference`. */
function near(raw: number, reference: number): number {
  if (!Number.isFinite(reference)) return raw
  const ahead = (((raw - reference + WRAP / 2) % WRAP) + WRAP) % WRAP
  return reference + ahead - WRAP / 2
}
