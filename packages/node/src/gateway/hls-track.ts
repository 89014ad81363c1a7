/** @module One playlist set of a stream (its ladder, or its AI output): bytes to the store, then the playlists. */
import { LiveWindow } from '@tessera/media/hls/live-window'
import type { VariantMeasure } from '@tessera/media/hls/variant-meter'
import type { ObjectStore } from '@tessera/media/store/object-store'
import { durationMs, seq, unixMs } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { z } from 'zod'

export type HlsTrackConfig = {
  readonly streamId: string
  /** Names of the renditions, best first. */
  readonly renditions: readonly string[]
  readonly windowMs: number
  readonly targetMs: number
  /** How long writing a segment is tried again when the store cannot take it. */
  readonly storePatienceMs: number
}

export type HlsTrackDeps = { readonly store: ObjectStore; readonly clock: Clock; readonly log: Log }

export type TrackSegment = {
  readonly seq: number
  readonly durationMs: number
  readonly discontinuity: boolean
  readonly renditions: readonly {
    readonly name: string
    readonly bytes: Uint8Array
    readonly measure: VariantMeasure
  }[]
}

/** Segments stay readable this long after they left the playlist. */
const GRACE_MS = 30_000
const STORE_RETRY_MS = 500

export type RenditionTotal = {
  width: number
  height: number
  segments: number
  frames: number
  bytes: number
}

type KeptSegment = {
  seq: number
  durationMs: number
  discontinuity: boolean
  measures: Record<string, KeptMeasure>
}

type KeptMeasure = Omit<VariantMeasure, 'audio'> & { readonly audio?: { readonly codec: string } | undefined }

/** What a track needs to go on after a restart. */
export type TrackState = {
  renditions: string[]
  startedAtMs: number
  nextSeq: number
  /** Counts of what is no longer in `segments`. */
  gone: { segments: number; discontinuities: number; lengthMs: number }
  segments: KeptSegment[]
  totals: Record<string, RenditionTotal>
  isEnded: boolean
}

const count = z.number().nonnegative()

export const trackStateSchema: z.ZodType<TrackState> = z.object({
  renditions: z.array(z.string()),
  startedAtMs: count,
  nextSeq: count.int(),
  gone: z.object({ segments: count, discontinuities: count, lengthMs: count }),
  segments: z.array(
    z.object({
      seq: count.int(),
      durationMs: count,
      discontinuity: z.boolean(),
      measures: z.record(
        z.string(),
        z.object({
          byteLength: count,
          frames: count,
          width: count,
          height: count,
          videoCodec: z.string(),
          audio: z.object({ codec: z.string() }).optional(),
        }),
      ),
    }),
  ),
  totals: z.record(
    z.string(),
    z.object({ width: count, height: count, segments: count, frames: count, bytes: count }),
  ),
  isEnded: z.boolean(),
})

/** Calls of `publish`, `skip` and `end` must not overlap: the owner awaits each. */
export class HlsTrack {
  readonly #config: HlsTrackConfig
  readonly #deps: HlsTrackDeps
  readonly #state: TrackState
  #window: LiveWindow
  #breaksNext = false

  /** Goes on from `saved` when it has the same renditions, else begins anew behind it. */
  constructor(config: HlsTrackConfig, deps: HlsTrackDeps, saved?: TrackState) {
    this.#config = config
    this.#deps = deps
    this.#state = resumed(config.renditions, saved, deps.clock.nowMs())
    this.#window = this.#replayed()
    if (this.#state.isEnded) this.#window.end()
  }

  /** Number that the next segment must have. */
  get nextSeq(): number {
    return this.#state.nextSeq
  }

  get isEmpty(): boolean {
    return this.#state.segments.length === 0
  }

  /** To be saved after each change. */
  get state(): TrackState {
    return this.#state
  }

  total(rendition: string): RenditionTotal | undefined {
    return this.#state.totals[rendition]
  }

  masterPlaylist(): string | undefined {
    return this.#window.masterPlaylist()
  }

  mediaPlaylist(rendition: string): string | undefined {
    return this.#window.mediaPlaylist(rendition)
  }

  /**
   * All renditions become visible at once, after their bytes are stored. False when the store would not take them: the
   * segment is then skipped.
   */
  async publish(segment: TrackSegment, signal: AbortSignal): Promise<boolean> {
    if (!(await this.#stored(segment, signal))) {
      await this.skip(segment.seq)
      return false
    }
    const kept: KeptSegment = {
      seq: segment.seq,
      durationMs: segment.durationMs,
      discontinuity: segment.discontinuity || this.#breaksNext,
      measures: Object.fromEntries(segment.renditions.map(({ name, measure }) => [name, slim(measure)])),
    }
    this.#breaksNext = false
    this.#state.segments.push(kept)
    this.#state.nextSeq = segment.seq + 1
    for (const { name, measure } of segment.renditions) this.#count(name, measure)
    await this.#forget(append(this.#window, kept))
    return true
  }

  /** A segment that will not come: the next one begins after a discontinuity. */
  async skip(number: number): Promise<void> {
    this.#breaksNext = true
    this.#state.nextSeq = Math.max(this.#state.nextSeq, number + 1)
    await this.#forget(this.#window.skip(seq(number)).expired)
  }

  /** Playlists end with ENDLIST. */
  end(): void {
    this.#window.end()
    this.#state.isEnded = true
  }

  /** Takes segments again after `end`, behind a discontinuity: the publisher came back. */
  reopen(): void {
    this.#breaksNext = !this.isEmpty
    if (!this.#state.isEnded) return
    this.#state.isEnded = false
    this.#window = this.#replayed()
  }

  #replayed(): LiveWindow {
    const { renditions, windowMs, targetMs, streamId } = this.#config
    const { gone, segments, startedAtMs, nextSeq } = this.#state
    const window = new LiveWindow({
      renditions,
      windowMs,
      graceMs: GRACE_MS,
      targetMs,
      startedAt: unixMs(startedAtMs),
      firstSeq: seq(segments[0]?.seq ?? nextSeq),
      resume: {
        mediaSequence: gone.segments,
        discontinuitySequence: gone.discontinuities,
        lengthMs: gone.lengthMs,
      },
      variantUri: (name) => `${streamId}/${name}.m3u8`,
      segmentUri: (name, number) => `${name}/${number}.ts`,
    })
    let next = segments[0]?.seq ?? nextSeq
    for (const kept of segments) {
      for (; next < kept.seq; next++) window.skip(seq(next))
      append(window, kept)
      next = kept.seq + 1
    }
    for (; next < nextSeq; next++) window.skip(seq(next))
    return window
  }

  async #stored(segment: TrackSegment, signal: AbortSignal): Promise<boolean> {
    const { clock, store, log } = this.#deps
    const giveUpAtMs = clock.monotonicMs() + this.#config.storePatienceMs
    for (let isFirst = true; ; isFirst = false) {
      try {
        for (const { name, bytes } of segment.renditions) await store.put(this.#key(name, segment.seq), bytes)
        return true
      } catch (error) {
        signal.throwIfAborted()
        if (isFirst)
          log.warn(
            { seq: segment.seq, error: describeError(error) },
            'segment could not be stored, trying again',
          )
        if (clock.monotonicMs() >= giveUpAtMs) return false
        await clock.sleep(STORE_RETRY_MS, { signal })
      }
    }
  }

  #count(name: string, measure: VariantMeasure): void {
    const { segments = 0, frames = 0, bytes = 0 } = this.#state.totals[name] ?? {}
    this.#state.totals[name] = {
      width: measure.width,
      height: measure.height,
      segments: segments + 1,
      frames: frames + measure.frames,
      bytes: bytes + measure.byteLength,
    }
  }

  async #forget(expired: readonly number[]): Promise<void> {
    const { gone, segments } = this.#state
    for (const number of expired) {
      const index = segments.findIndex((kept) => kept.seq === number)
      const [kept] = index < 0 ? [] : segments.splice(index, 1)
      if (!kept) continue
      gone.segments += 1
      gone.discontinuities += kept.discontinuity ? 1 : 0
      gone.lengthMs += kept.durationMs
      for (const name of Object.keys(kept.measures)) await this.#deps.store.delete(this.#key(name, number))
    }
  }

  #key(rendition: string, number: number): string {
    return segmentKey(this.#config.streamId, rendition, number)
  }
}

/** Where a segment is in the store; the same as its path under `/stream/`. */
export function segmentKey(streamId: string, rendition: string, number: number): string {
  return `${streamId}/${rendition}/${number}.ts`
}

/** The saved state if it has the same renditions; else an empty one that counts on from it. */
function resumed(renditions: readonly string[], saved: TrackState | undefined, nowMs: number): TrackState {
  if (saved && saved.renditions.join() === renditions.join()) return saved
  const old = saved?.segments ?? []
  return {
    renditions: [...renditions],
    startedAtMs: saved?.startedAtMs ?? nowMs,
    nextSeq: saved?.nextSeq ?? 0,
    gone: {
      segments: (saved?.gone.segments ?? 0) + old.length,
      discontinuities: (saved?.gone.discontinuities ?? 0) + old.filter((kept) => kept.discontinuity).length,
      lengthMs: (saved?.gone.lengthMs ?? 0) + old.reduce((sum, kept) => sum + kept.durationMs, 0),
    },
    segments: [],
    totals: {},
    isEnded: false,
  }
}

function append(window: LiveWindow, kept: KeptSegment): readonly number[] {
  return Object.entries(kept.measures).flatMap(([rendition, measure]) => [
    ...window.append({
      rendition,
      seq: seq(kept.seq),
      duration: durationMs(kept.durationMs),
      discontinuity: kept.discontinuity,
      measure: slim(measure),
    }).expired,
  ])
}

/** Without the times of all pictures. */
function slim(measure: KeptMeasure): VariantMeasure {
  const { byteLength, frames, width, height, videoCodec, audio } = measure
  return { byteLength, frames, width, height, videoCodec, ...(audio && { audio: { codec: audio.codec } }) }
}
