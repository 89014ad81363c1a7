/** @module Decides how a segment is transcoded: sizes, order of scaling, encoder settings. No codec, no I/O. */
import type { Profile } from '@tessera/protocol/profile'
import { TICKS_PER_MS, TICKS_PER_SECOND } from '@tessera/protocol/units'
import type { H264EncoderConfig } from '../av/h264-encoder.ts'
import { TranscodeError } from './transcoder.ts'

type Ratio = { readonly num: number; readonly den: number }
type Size = { readonly width: number; readonly height: number }

/** What the container says about the segment's video. */
export type SourceFacts = Size & {
  /** 0/1 means unknown and counts as square. */
  readonly sampleAspectRatio: Ratio
  /** Presentation times of all packets, ascending, in 90 kHz ticks. At least one. */
  readonly pts: readonly number[]
  /** Length given by the sender; used where the timestamps do not tell. */
  readonly durationMs: number
}

/** One scaling: from the result of an earlier step, or from the decoded picture. */
export type ScaleStep = Size & { readonly from: number | 'source' }

export type RenditionPlan = Size & {
  readonly name: string
  /** Index into `steps`. */
  readonly step: number
  readonly encoder: H264EncoderConfig
  /** Output times for each source time: the same one, or those of the frame rate asked for. */
  readonly schedule: ReadonlyMap<number, readonly number[]>
  /** Source times at which an IDR picture is forced; the first one always is. */
  readonly gopTicks: number | undefined
}

export type TranscodePlan = {
  readonly steps: readonly ScaleStep[]
  readonly renditions: readonly RenditionPlan[]
}

/**
 * Decodes once; each size is scaled from the next larger one (720p > 480p > 360p), which halves the cost of scaling
 * against scaling each from the source.
 *
 * @throws {TranscodeError} for a profile that is not offered.
 */
export function planTranscode(source: SourceFacts, profiles: readonly Profile[]): TranscodePlan {
  for (const profile of profiles) requireOffered(profile)
  const sizes = profiles.map((profile) => fitInto(source, profile))
  const steps = cascade(source, sizes)
  const renditions = profiles.map((profile, index): RenditionPlan => {
    const size = sizes[index]!
    const schedule = profile.fps ? resample(source, profile.fps) : identity(source.pts)
    return {
      ...size,
      name: profile.name,
      step: steps.findIndex((step) => sameSize(step, size)),
      encoder: encoderFor(source, profile, size),
      schedule,
      gopTicks: profile.gopMs === undefined ? undefined : profile.gopMs * TICKS_PER_MS,
    }
  })
  return { steps, renditions }
}

function requireOffered(profile: Profile): void {
  if (profile.codec !== 'h264' || profile.format !== 'mpegts') {
    throw new TranscodeError('TRANSCODE_UNSUPPORTED_PROFILE', 'Only H.264 in MPEG-TS is offered.', {
      profile: profile.name,
      codec: profile.codec,
      format: profile.format,
    })
  }
}

/** How far a profile's shape may be from the source's before its size is changed: 854 × 480 is not exactly 16:9. */
const SHAPE_TOLERANCE = 0.01

/**
 * The size of a rendition: the profile's, or the largest of the source's shape inside it. Even, and at least 16.
 * A portrait source thus stays portrait, as in Livepeer's transcoder.
 */
export function fitInto(source: Size & { readonly sampleAspectRatio: Ratio }, box: Size): Size {
  const { num, den } = source.sampleAspectRatio
  const shape = (source.width * (num > 0 && den > 0 ? num / den : 1)) / source.height
  const boxShape = box.width / box.height
  if (Math.abs(shape / boxShape - 1) <= SHAPE_TOLERANCE) return { width: box.width, height: box.height }
  return shape > boxShape
    ? { width: box.width, height: even(box.width / shape) }
    : { width: even(box.height * shape), height: box.height }
}

const MIN_SIDE = 16
const even = (side: number): number => Math.max(MIN_SIDE, 2 * Math.round(side / 2))
const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height

function cascade(source: Size, sizes: readonly Size[]): readonly ScaleStep[] {
  const unique = sizes.filter((size, index) => sizes.findIndex((other) => sameSize(other, size)) === index)
  const steps: ScaleStep[] = []
  for (const size of unique.toSorted((a, b) => b.width * b.height - a.width * a.height)) {
    // Never scale up from a picture that was scaled down.
    const covers = (step: Size): boolean => step.width >= size.width && step.height >= size.height
    const worthIt = (step: Size): boolean => step.width * step.height <= source.width * source.height
    const from = steps.findLastIndex((step) => covers(step) && worthIt(step))
    steps.push({ ...size, from: from < 0 ? 'source' : from })
  }
  return steps
}

/** Peak rate over the mean, and the buffer it holds for: a 2 s segment then stays within 1.3 times its rate. */
const PEAK_RATE = 1.1
const BUFFER_SECONDS = 0.5

const X264_PROFILES = {
  baseline: 'baseline',
  main: 'main',
  high: 'high',
  'constrained-high': 'high',
} as const

function encoderFor(source: SourceFacts, profile: Profile, size: Size): H264EncoderConfig {
  const { pts, durationMs } = source
  const fps = profile.fps
    ? reduced(profile.fps.numerator, profile.fps.denominator)
    : meanFrameRate(pts, durationMs)
  return {
    ...size,
    bitrateBps: profile.bitrateBps,
    fps,
    timeBase: { num: 1, den: TICKS_PER_SECOND },
    // Keyframes are placed by force only: the first picture, and each `gopMs`.
    gopFrames: 1 << 20,
    options: {
      preset: 'veryfast',
      profile: X264_PROFILES[profile.h264Profile ?? 'high'],
      maxrate: Math.round(profile.bitrateBps * PEAK_RATE),
      bufsize: Math.round(profile.bitrateBps * BUFFER_SECONDS),
      sc_threshold: 0,
    },
  }
}

const DEFAULT_FPS: Ratio = { num: 25, den: 1 }

function meanFrameRate(pts: readonly number[], durationMs: number): Ratio {
  const span = pts.at(-1)! - pts[0]!
  if (pts.length > 1 && span > 0) return reduced((pts.length - 1) * TICKS_PER_SECOND, span)
  return durationMs > 0 ? reduced(pts.length * 1000, Math.round(durationMs)) : DEFAULT_FPS
}

function reduced(num: number, den: number): Ratio {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  const divisor = gcd(num, den)
  return { num: num / divisor, den: den / divisor }
}

const identity = (pts: readonly number[]): ReadonlyMap<number, readonly number[]> =>
  new Map(pts.map((time) => [time, [time]]))

/**
 * Constant frame rate on a grid counted from time 0, not from the segment's start, so that neighbours join without a
 * gap: output k is at round(k × 90000 / fps) and shows the last source picture at or before it.
 */
function resample(
  source: SourceFacts,
  fps: { readonly numerator: number; readonly denominator: number },
): ReadonlyMap<number, readonly number[]> {
  const { pts, durationMs } = source
  const rate = meanFrameRate(pts, durationMs)
  const end = pts.at(-1)! + Math.round((TICKS_PER_SECOND * rate.den) / rate.num)
  const tick = (k: number): number => Math.round((k * TICKS_PER_SECOND * fps.denominator) / fps.numerator)
  const schedule = new Map<number, number[]>()
  let k = Math.ceil((pts[0]! * fps.numerator) / (TICKS_PER_SECOND * fps.denominator))
  pts.forEach((time, index) => {
    const until = pts[index + 1] ?? end
    const shown: number[] = []
    for (; tick(k) < until; k++) if (tick(k) >= time) shown.push(tick(k))
    schedule.set(time, shown)
  })
  // A rate below one picture a segment still needs one to be a segment.
  if ([...schedule.values()].every((shown) => shown.length === 0)) schedule.set(pts[0]!, [pts[0]!])
  return schedule
}
