/** @module Cuts a stream of access units into segments that start with a keyframe. */

import type { Segment } from '@tessera/protocol/segment'
import { durationMs, seq, TICKS_PER_MS, TICKS_PER_SECOND } from '@tessera/protocol/units'
import { joinBytes } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { MpegTsMuxer } from '../container/mpegts-muxer.ts'
import type { AccessUnit, VideoUnit } from './ingest-stream.ts'

export type SegmenterConfig = {
  readonly manifestId: string
  /** A segment ends at the first keyframe at or after this. */
  readonly targetMs: number
  /** A stream without a keyframe for longer than this is refused. */
  readonly maxMs: number
  /** Largest sum of access units in a segment. */
  readonly maxBytes: number
}

/** Ingest times are rounded to 1 ms at both ends of a group of pictures: 1999 ms is a 2 s group. */
const TARGET_TOLERANCE_TICKS = 10 * TICKS_PER_MS

/** AAC encoders start a frame or two before the first picture (priming): that much audio is kept. */
const AUDIO_LEAD_TICKS = 100 * TICKS_PER_MS

/** When a segment has a single picture nothing tells how long it is shown. */
const LONE_FRAME_TICKS = TICKS_PER_SECOND / 25

class NoKeyframeError extends BaseError {
  constructor(manifestId: string, maxMs: number) {
    super({
      code: 'NO_KEYFRAME',
      message: `No keyframe came for more than ${maxMs} ms.`,
      advice:
        'Set the keyframe interval of the encoder to 2 s (OBS: Output > Keyframe Interval 2; ffmpeg at 30 fps: -g 60).',
      facts: { manifestId },
    })
  }
}

class SegmentTooLargeError extends BaseError {
  constructor(manifestId: string, maxBytes: number) {
    super({
      code: 'SEGMENT_TOO_LARGE',
      message: `One segment grew beyond ${maxBytes} bytes.`,
      advice: 'Lower the bitrate of the encoder or set its keyframe interval to 2 s.',
      facts: { manifestId },
    })
  }
}

/**
 * One per stream. Every unit from the first keyframe on is in exactly one segment, in the order in which it came; audio
 * goes to the segment in which it is decoded: before the DTS of a cutting keyframe to the earlier one, else to the
 * later. The joined segments are one continuous transport stream.
 */
export class Segmenter {
  readonly #config: SegmenterConfig
  readonly #muxer = new MpegTsMuxer({ audio: false })
  #units: AccessUnit[] = []
  #bytes = 0
  #first: VideoUnit | undefined
  #firstDts: number | undefined
  #nextSeq = 0
  #isBroken = false
  #breaksNext = false

  constructor(config: SegmenterConfig) {
    this.#config = config
  }

  /**
   * Returns the segment that this unit ended, if any.
   * @throws {NoKeyframeError} @throws {SegmentTooLargeError} after either, `flush` still returns what came before.
   */
  push(unit: AccessUnit): Segment | undefined {
    if (unit.kind === 'audio') {
      this.#add(unit)
      return undefined
    }
    this.#firstDts ??= unit.dts
    const ended = this.#isCut(unit) ? this.#cut(unit) : undefined
    if (!ended) this.#checkKeyframeInterval(unit)
    if (unit.discontinuity && !unit.isKeyframe) this.#breaksNext = this.#first !== undefined
    if (!this.#first && unit.isKeyframe) this.#begin(unit)
    if (this.#first) this.#add(unit)
    return ended
  }

  /** The rest of the stream; undefined when nothing is left. */
  flush(): Segment | undefined {
    return this.#first && this.#emit(this.#first, this.#units, this.#endOfLastFrame())
  }

  #isCut(unit: VideoUnit): boolean {
    if (!this.#first || !unit.isKeyframe) return false
    const target = this.#config.targetMs * TICKS_PER_MS - TARGET_TOLERANCE_TICKS
    return unit.discontinuity === true || unit.pts - this.#first.pts >= target
  }

  #cut(keyframe: VideoUnit): Segment | undefined {
    const first = this.#first
    if (!first) return undefined
    const isLater = (unit: AccessUnit): boolean => unit.kind === 'audio' && unit.pts >= keyframe.dts
    const later = this.#units.filter(isLater)
    const segment = this.#emit(
      first,
      this.#units.filter((unit) => !isLater(unit)),
      keyframe.pts,
    )
    this.#isBroken = this.#breaksNext || keyframe.discontinuity === true
    this.#breaksNext = false
    this.#hold(later)
    this.#first = keyframe
    this.#firstDts = keyframe.dts
    return segment
  }

  #begin(keyframe: VideoUnit): void {
    this.#hold(this.#units.filter((unit) => unit.pts >= keyframe.dts - AUDIO_LEAD_TICKS))
    this.#first = keyframe
    this.#firstDts = keyframe.dts
  }

  #checkKeyframeInterval(unit: VideoUnit): void {
    const waited = unit.dts - (this.#firstDts ?? unit.dts)
    if (unit.isKeyframe || waited <= this.#config.maxMs * TICKS_PER_MS) return
    throw new NoKeyframeError(this.#config.manifestId, this.#config.maxMs)
  }

  #add(unit: AccessUnit): void {
    if (this.#bytes + unit.data.length > this.#config.maxBytes) {
      throw new SegmentTooLargeError(this.#config.manifestId, this.#config.maxBytes)
    }
    this.#units.push(unit)
    this.#bytes += unit.data.length
  }

  #hold(units: AccessUnit[]): void {
    this.#units = units
    this.#bytes = units.reduce((sum, unit) => sum + unit.data.length, 0)
  }

  #emit(first: VideoUnit, units: readonly AccessUnit[], endPts: number): Segment {
    if (units.some((unit) => unit.kind === 'audio')) this.#muxer.addAudio()
    const bytes = joinBytes([this.#muxer.start(), ...units.map((unit) => this.#muxer.write(unit))])
    this.#first = undefined
    this.#hold([])
    return {
      manifestId: this.#config.manifestId,
      seq: seq(this.#nextSeq++),
      start: first.pts,
      duration: durationMs((endPts - first.pts) / TICKS_PER_MS),
      bytes,
      frames: units.filter((unit) => unit.kind === 'video').length,
      discontinuity: this.#isBroken,
    }
  }

  /** The last picture is shown for as long as the pictures before it were on average. */
  #endOfLastFrame(): number {
    const pts = this.#units.filter((unit) => unit.kind === 'video').map((unit) => unit.pts)
    pts.sort((a, b) => a - b)
    const [first = 0, last = 0] = [pts[0], pts.at(-1)]
    const each = pts.length > 1 ? (last - first) / (pts.length - 1) : LONE_FRAME_TICKS
    return Math.round(last + each)
  }
}
