/** @module What really decoding a segment showed. */
import type { Ticks90k } from '@tessera/protocol/units'

export type DecodedFrame = {
  readonly pts: Ticks90k
  readonly isKeyframe: boolean
  /** Number burnt into the picture of the generated source; absent when none could be read. */
  readonly counter?: number
}

/** One entry a segment given. A segment that does not decode is an error, not an entry with nothing in it. */
export type DecodedSegment = {
  readonly width: number
  readonly height: number
  readonly frames: readonly DecodedFrame[]
  readonly audio?: {
    readonly frames: number
    readonly samples: number
    readonly sampleRate: number
    readonly firstPts: Ticks90k
  }
}
