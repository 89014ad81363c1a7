/** @module What a segment really holds, read from its bytes: how a gateway checks what an orchestrator delivered. */
import { type Pixels, pixels, type Ticks90k, ticks90k } from '@tessera/protocol/units'
import { MalformedError } from '@tessera/runtime/errors'
import { AAC_FRAME_SAMPLES, aacCodecString, channelCount, readAdtsHeader } from '../codec/aac.ts'
import { NAL, nalType, splitAnnexB } from '../codec/annexb.ts'
import { avcCodecString, parseSps, type Sps } from '../codec/sps.ts'
import { demuxMpegTs } from '../container/mpegts-demuxer.ts'
import type { AudioUnit, VideoUnit } from '../ingest/ingest-stream.ts'

export type SegmentMeasure = {
  readonly byteLength: number
  /** Coded pictures. */
  readonly frames: number
  readonly keyframes: number
  readonly startsWithKeyframe: boolean
  readonly width: number
  readonly height: number
  /** Width ÷ height of a sample: with it the size tells the shape that is seen. */
  readonly sampleAspect: number
  /** `width × height × frames`: what is paid for. */
  readonly pixels: Pixels
  /** In presentation order, so `firstPts` is the lowest. */
  readonly firstPts: Ticks90k
  readonly lastPts: Ticks90k
  /** Presentation times of the pictures, rising. To compare with those of the source. */
  readonly pts: readonly Ticks90k[]
  /** From the first picture to the end of the last, which is taken to last as long as the others on average. */
  readonly durationTicks: Ticks90k
  /** RFC 6381, e.g. `avc1.64001f`. */
  readonly videoCodec: string
  readonly audio?: {
    readonly frames: number
    readonly sampleRate: number
    readonly channels: number
    readonly firstPts: Ticks90k
    readonly lastPts: Ticks90k
    readonly durationTicks: Ticks90k
    /** RFC 6381, e.g. `mp4a.40.2`. */
    readonly codec: string
  }
  readonly continuityErrors: number
}

/** Pictures taken to last this long when there is only one: 1/25 s. */
const LONE_FRAME_TICKS = 3600

/**
 * Pure, and linear in `bytes`; nothing is decoded.
 * @throws {MalformedError} when it is no transport stream with H.264, changes its size, or repeats a time.
 */
export function measureSegment(bytes: Uint8Array): SegmentMeasure {
  const { video, audio, continuityErrors } = demuxMpegTs(bytes)
  const [first] = video
  if (!first) throw new MalformedError('segment without video', { bytes: bytes.length })
  const sps = onlySize(video)
  const pts = video.map((unit) => unit.pts).sort((a, b) => a - b)
  if (pts.some((time, i) => i > 0 && time === pts[i - 1])) throw new MalformedError('repeated picture time')
  const [firstPts, lastPts] = [pts[0]!, pts.at(-1)!]
  const frameTicks = pts.length > 1 ? (lastPts - firstPts) / (pts.length - 1) : LONE_FRAME_TICKS
  return {
    byteLength: bytes.length,
    frames: video.length,
    keyframes: video.filter((unit) => unit.isKeyframe).length,
    startsWithKeyframe: first.isKeyframe,
    width: sps.width,
    height: sps.height,
    sampleAspect: sps.sampleAspect,
    pixels: pixels(BigInt(sps.width) * BigInt(sps.height) * BigInt(video.length)),
    firstPts,
    lastPts,
    pts,
    durationTicks: ticks90k(Math.round(lastPts - firstPts + frameTicks)),
    videoCodec: avcCodecString(sps),
    ...(audio.length > 0 && { audio: measureAudio(audio) }),
    continuityErrors,
  }
}

/** A segment has one picture size, else its pixels could not be counted from its parameter sets. */
function onlySize(video: readonly VideoUnit[]): Sps {
  let found: Sps | undefined
  for (const unit of video) {
    const nals = splitAnnexB(unit.data)
    if (!nals.some((nal) => nalType(nal) === NAL.slice || nalType(nal) === NAL.idr)) {
      throw new MalformedError('access unit without a picture', { pts: unit.pts })
    }
    for (const nal of nals.filter((candidate) => nalType(candidate) === NAL.sps)) {
      const sps = parseSps(nal)
      if (found && (found.width !== sps.width || found.height !== sps.height)) {
        throw new MalformedError('picture size that changes', { width: sps.width, height: sps.height })
      }
      found ??= sps
    }
  }
  if (!found) throw new MalformedError('segment without a sequence parameter set')
  return found
}

function measureAudio(audio: readonly AudioUnit[]): NonNullable<SegmentMeasure['audio']> {
  const config = readAdtsHeader(audio[0]!.data, 0)
  const [firstPts, lastPts] = [audio[0]!.pts, audio.at(-1)!.pts]
  const frameTicks = (AAC_FRAME_SAMPLES * 90_000) / config.sampleRate
  return {
    frames: audio.length,
    sampleRate: config.sampleRate,
    channels: channelCount(config),
    firstPts,
    lastPts,
    durationTicks: ticks90k(Math.round(lastPts - firstPts + frameTicks)),
    codec: aacCodecString(config),
  }
}
