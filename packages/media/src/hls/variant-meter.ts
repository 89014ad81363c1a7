/** @module Measured properties of one rendition, for the master playlist. */
import type { DurationMs } from '@tessera/protocol/units'
import type { SegmentMeasure } from '../verify/measure.ts'
import type { Variant } from './playlist.ts'

/** The part of a segment's measure that a master playlist is made of. */
export type VariantMeasure = Pick<
  SegmentMeasure,
  'byteLength' | 'frames' | 'width' | 'height' | 'videoCodec'
> & {
  readonly audio?: { readonly codec: string }
}

/** Adds up what was delivered. Nothing is taken from the profile that was asked for. */
export class VariantMeter {
  readonly #targetMs: number
  #last: VariantMeasure | undefined
  #peakBps = 0
  #bits = 0
  #frames = 0
  #durationMs = 0

  constructor(targetMs: number) {
    this.#targetMs = targetMs
  }

  add(measure: VariantMeasure, duration: DurationMs): void {
    const bits = measure.byteLength * 8
    this.#last = measure
    this.#bits += bits
    this.#frames += measure.frames
    this.#durationMs += duration
    // RFC 8216 4.1: the peak is taken over segments of at least half the target duration.
    if (duration >= this.#targetMs / 2) this.#peakBps = Math.max(this.#peakBps, (bits * 1000) / duration)
  }

  /** Valid after the first `add`. */
  variant(name: string, uri: string): Variant {
    const seconds = Math.max(this.#durationMs, 1) / 1000
    const averageBps = this.#bits / seconds
    return {
      uri,
      name,
      peakBps: Math.max(this.#peakBps, averageBps),
      averageBps,
      width: this.#last?.width ?? 0,
      height: this.#last?.height ?? 0,
      frameRate: this.#frames / seconds,
      codecs: [this.#last?.videoCodec, this.#last?.audio?.codec].filter((codec) => codec !== undefined),
    }
  }
}
