/** @module A piece of a stream that is transcoded on its own. */
import type { DurationMs, Seq, Ticks90k } from './units.ts'

/** Starts with a keyframe, holds whole access units, needs nothing of its neighbours. */
export type Segment = {
  /** Stream it belongs to: `[A-Za-z0-9_-]{1,64}`. */
  readonly manifestId: string
  readonly seq: Seq
  /** Presentation time of the first video frame. */
  readonly start: Ticks90k
  /** From the first video frame to the first of the next segment (or the end of the last frame). */
  readonly duration: DurationMs
  /** MPEG-TS: H.264 video, AAC audio if any. Timestamps are those of the stream, not rebased. */
  readonly bytes: Uint8Array
  /** Number of video frames in `bytes`. */
  readonly frames: number
  /** True when timestamps or parameters break with the previous segment. */
  readonly discontinuity: boolean
}
