/** @module Publisher's millisecond timestamps to one rising 90 kHz timeline. */
import { TICKS_PER_MS, type Ticks90k, ticks90k } from '@tessera/protocol/units'

export type Track = 'video' | 'audio'

/** What a track may lag or lead the other; more is a jump of the publisher's clock. */
const MAX_STEP_MS = 10_000
/** What a track may go back (badly rounded clocks do, by a few ms) without that being a jump. */
const MAX_BACK_MS = 1_000
/** After a jump the stream goes on this long after its last unit: one picture at 25 per second. */
const STEP_AFTER_JUMP_MS = 40

/**
 * Times are kept exactly: ticks = 90 × ms, and the 32-bit wrap (49.7 days) goes on rising. When the publisher's clock
 * jumps (it restarted, or the machine slept) the times after it are moved, for both tracks alike, so that the stream
 * goes on; the next unit of each track is marked. A lone time that does not rise within its track becomes the last
 * one plus one tick.
 */
export class Timeline {
  #lastRaw: number | undefined
  /** The publisher's time, unwrapped. */
  #positionMs = 0
  #shiftMs = 0
  readonly #last: Record<Track, Ticks90k | undefined> = { video: undefined, audio: undefined }
  readonly #isMarked: Record<Track, boolean> = { video: false, audio: false }

  /** @param rawMs unsigned 32 bits; decoding time of the unit. */
  place(track: Track, rawMs: number): { readonly time: Ticks90k; readonly discontinuity: boolean } {
    const step = this.#lastRaw === undefined ? rawMs : (rawMs - this.#lastRaw) | 0
    const isFirst = this.#lastRaw === undefined
    this.#lastRaw = rawMs
    this.#positionMs += step
    const last = this.#last[track]
    const wanted = (this.#positionMs + this.#shiftMs) * TICKS_PER_MS
    const isBack = last !== undefined && wanted < last - MAX_BACK_MS * TICKS_PER_MS
    if (!isFirst && (Math.abs(step) > MAX_STEP_MS || isBack)) this.#jump()
    const discontinuity = this.#isMarked[track]
    this.#isMarked[track] = false
    const shifted = (this.#positionMs + this.#shiftMs) * TICKS_PER_MS
    const time = ticks90k(last === undefined ? shifted : Math.max(shifted, last + 1))
    this.#last[track] = time
    return { time, discontinuity }
  }

  #jump(): void {
    const newest = Math.max(this.#last.video ?? 0, this.#last.audio ?? 0)
    const target = Math.ceil(newest / TICKS_PER_MS) + STEP_AFTER_JUMP_MS
    this.#shiftMs = target - this.#positionMs
    this.#isMarked.video = true
    this.#isMarked.audio = true
  }
}
