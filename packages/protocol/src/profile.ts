/** @module What a rendition shall look like. */
import { MalformedError } from '@tessera/runtime/errors'

export type VideoCodec = 'h264' | 'hevc' | 'vp8' | 'vp9'
export type ContainerFormat = 'mpegts' | 'mp4'
export type H264Profile = 'baseline' | 'main' | 'high' | 'constrained-high'

/** A rendition asked for. Its name appears in URLs and is what the gateway's signature commits to. */
export type Profile = {
  /** 1 to 64 of `[A-Za-z0-9_-]`. */
  readonly name: string
  readonly width: number
  readonly height: number
  readonly bitrateBps: number
  /** Frames per second as a rational; absent keeps the source's frames one for one. */
  readonly fps?: { readonly numerator: number; readonly denominator: number }
  readonly codec: VideoCodec
  readonly format: ContainerFormat
  readonly h264Profile?: H264Profile
  /** Keyframe interval in ms; absent: one keyframe at the start of each segment. */
  readonly gopMs?: number
}

/** The ladder that a stream gets unless its owner asks for another, best first. */
export const DEFAULT_LADDER: readonly Profile[] = [
  { name: '720p', width: 1280, height: 720, bitrateBps: 3_000_000, codec: 'h264', format: 'mpegts' },
  { name: '480p', width: 854, height: 480, bitrateBps: 1_500_000, codec: 'h264', format: 'mpegts' },
  { name: '360p', width: 640, height: 360, bitrateBps: 800_000, codec: 'h264', format: 'mpegts' },
]

const MAX_DIMENSION = 8192

/** @throws {MalformedError} for values that no worker of ours accepts. */
export function profile(value: Profile): Profile {
  const dimensionOk = (n: number) => Number.isInteger(n) && n >= 16 && n <= MAX_DIMENSION && n % 2 === 0
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(value.name))
    throw new MalformedError('profile name', { name: value.name })
  if (!dimensionOk(value.width) || !dimensionOk(value.height)) {
    throw new MalformedError('profile size', { width: value.width, height: value.height })
  }
  if (!Number.isInteger(value.bitrateBps) || value.bitrateBps < 1000 || value.bitrateBps > 500_000_000) {
    throw new MalformedError('profile bitrate', { bitrateBps: value.bitrateBps })
  }
  return value
}
