/** @module The part of a live stream that viewers can play: playlists of all its renditions. Pure. */
import type { DurationMs, Seq, UnixMs } from '@tessera/protocol/units'
import { unixMs } from '@tessera/protocol/units'
import { renderMasterPlaylist, renderMediaPlaylist } from './playlist.ts'
import { type VariantMeasure, VariantMeter } from './variant-meter.ts'

export type LiveWindowConfig = {
  /** Names of the ladder, in the order of the master playlist. A segment is listed when all of them have it. */
  readonly renditions: readonly string[]
  /** How far back viewers can go. At least three target durations, or players stall (RFC 8216 6.2.2). */
  readonly windowMs: number
  /** How long a segment stays available after it left the playlist, for players that read an older one. */
  readonly graceMs: number
  /** The segmenter's target: the least EXT-X-TARGETDURATION. */
  readonly targetMs: number
  /** Wall time of the first picture. */
  readonly startedAt: UnixMs
  readonly firstSeq: Seq
  /**
   * When a window goes on where an earlier one stopped (a gateway that restarted): what that one had counted before the
   * first segment appended here. Players take it for one playlist.
   */
  readonly resume?: {
    /** Segments before it. */
    readonly mediaSequence: number
    /** Discontinuities among them. */
    readonly discontinuitySequence: number
    /** Media time of them. */
    readonly lengthMs: number
  }
  /** Relative to the master playlist. */
  variantUri(rendition: string): string
  /** Relative to the media playlist. */
  segmentUri(rendition: string, seq: Seq): string
}

/** One rendition of one segment. */
export type WindowSegment = {
  readonly rendition: string
  readonly seq: Seq
  readonly duration: DurationMs
  readonly discontinuity: boolean
  readonly measure: VariantMeasure
}

export type WindowChange = {
  /** Segments that viewers see from now on, in order. */
  readonly published: readonly Seq[]
  /** Segments that nobody can ask for any more: their bytes may go, in all renditions. */
  readonly expired: readonly Seq[]
}

type Listed = {
  readonly seq: Seq
  readonly duration: DurationMs
  readonly discontinuity: boolean
  /** Media time since the first segment, without gaps. */
  readonly startMs: number
}

type Waiting = Map<string, WindowSegment> | 'skipped'

/**
 * Renditions may come in any order, also of later segments first; segments are listed strictly in order and in all
 * renditions at once, so that a viewer who switches quality never meets a hole.
 */
export class LiveWindow {
  readonly #config: LiveWindowConfig
  readonly #meters: ReadonlyMap<string, VariantMeter>
  readonly #waiting = new Map<Seq, Waiting>()
  /** Listed and, in front of them, `#retired` that left the playlists but are kept for the grace time. */
  #segments: Listed[] = []
  #retired = 0
  #mediaSequence = 0
  #discontinuitySequence = 0
  #nextSeq: Seq
  #longestMs: number
  #lengthMs = 0
  #breaksNext = false
  #isEnded = false

  constructor(config: LiveWindowConfig) {
    this.#config = config
    this.#nextSeq = config.firstSeq
    this.#longestMs = config.targetMs
    this.#mediaSequence = config.resume?.mediaSequence ?? 0
    this.#discontinuitySequence = config.resume?.discontinuitySequence ?? 0
    this.#lengthMs = config.resume?.lengthMs ?? 0
    this.#meters = new Map(config.renditions.map((name) => [name, new VariantMeter(config.targetMs)]))
  }

  /** Takes one rendition of a segment. What is unknown, late or repeated changes nothing. */
  append(segment: WindowSegment): WindowChange {
    const isWanted = this.#meters.has(segment.rendition) && segment.seq >= this.#nextSeq && !this.#isEnded
    const waiting = this.#waiting.get(segment.seq) ?? new Map<string, WindowSegment>()
    if (!isWanted || waiting === 'skipped') return { published: [], expired: [] }
    if (!waiting.has(segment.rendition)) waiting.set(segment.rendition, segment)
    this.#waiting.set(segment.seq, waiting)
    return this.#advance()
  }

  /** Gives a segment up: those behind it are no longer held back, and the next one starts after a discontinuity. */
  skip(seq: Seq): WindowChange {
    if (seq < this.#nextSeq || this.#isEnded) return { published: [], expired: [] }
    this.#waiting.set(seq, 'skipped')
    return this.#advance()
  }

  /** No more segments. What is complete is listed even behind a hole; playlists end with ENDLIST. */
  end(): WindowChange {
    const published: Seq[] = []
    for (const seq of [...this.#waiting.keys()].sort((a, b) => a - b)) {
      if (seq > this.#nextSeq) this.#breaksNext = true
      if (this.#take(seq)) published.push(seq)
    }
    this.#waiting.clear()
    this.#isEnded = true
    return { published, expired: this.#retire() }
  }

  /** Undefined before the first segment: an empty playlist makes players give up. */
  masterPlaylist(): string | undefined {
    if (this.#segments.length === 0) return undefined
    const variants = [...this.#meters].map(([name, meter]) =>
      meter.variant(name, this.#config.variantUri(name)),
    )
    return renderMasterPlaylist(variants)
  }

  /** Undefined before the first segment, or for a name that is not in the ladder. */
  mediaPlaylist(rendition: string): string | undefined {
    if (!this.#meters.has(rendition) || this.#segments.length === 0) return undefined
    return renderMediaPlaylist({
      targetDurationS: Math.round(this.#longestMs / 1000),
      mediaSequence: this.#mediaSequence,
      discontinuitySequence: this.#discontinuitySequence,
      segments: this.#segments.slice(this.#retired).map((segment) => ({
        uri: this.#config.segmentUri(rendition, segment.seq),
        duration: segment.duration,
        discontinuity: segment.discontinuity,
        startsAt: unixMs(this.#config.startedAt + segment.startMs),
      })),
      isEnded: this.#isEnded,
    })
  }

  #advance(): WindowChange {
    const published: Seq[] = []
    while (this.#isDecided(this.#nextSeq)) {
      const seq = this.#nextSeq
      if (this.#take(seq)) published.push(seq)
    }
    return { published, expired: this.#retire() }
  }

  #isDecided(seq: Seq): boolean {
    const waiting = this.#waiting.get(seq)
    return waiting === 'skipped' || waiting?.size === this.#meters.size
  }

  /** Lists a segment if all renditions are there; else the next one starts after a discontinuity. */
  #take(seq: Seq): boolean {
    const waiting = this.#waiting.get(seq)
    this.#waiting.delete(seq)
    this.#nextSeq = (seq + 1) as Seq
    if (!waiting || waiting === 'skipped' || waiting.size < this.#meters.size) {
      this.#breaksNext = true
      return false
    }
    const [any] = waiting.values()
    if (!any) return false
    const discontinuity = any.discontinuity || (this.#breaksNext && this.#segments.length > 0)
    this.#breaksNext = false
    this.#segments.push({ seq, duration: any.duration, discontinuity, startMs: this.#lengthMs })
    this.#lengthMs += any.duration
    // The target duration of a playlist may not shrink (RFC 8216 6.2.1); it grows only for a publisher whose
    // keyframes are further apart than it said, where the alternative is to stop.
    this.#longestMs = Math.max(this.#longestMs, any.duration)
    for (const segment of waiting.values()) {
      this.#meters.get(segment.rendition)?.add(segment.measure, segment.duration)
    }
    return true
  }

  #retire(): Seq[] {
    while (this.#ageMs(this.#retired) > this.#config.windowMs && this.#retired < this.#segments.length - 1) {
      if (this.#segments[this.#retired]?.discontinuity) this.#discontinuitySequence++
      this.#mediaSequence++
      this.#retired++
    }
    let gone = 0
    while (gone < this.#retired && this.#ageMs(gone) > this.#config.windowMs + this.#config.graceMs) gone++
    this.#retired -= gone
    return this.#segments.splice(0, gone).map((segment) => segment.seq)
  }

  /** From the end of a segment to the end of the stream. */
  #ageMs(index: number): number {
    const segment = this.#segments[index]
    return segment ? this.#lengthMs - segment.startMs - segment.duration : 0
  }
}
