/** @module Text of HLS playlists. Pure. @see RFC 8216 */
import type { DurationMs, UnixMs } from '@tessera/protocol/units'

export type MediaPlaylist = {
  /** Whole seconds; at least every duration, rounded (RFC 8216 4.3.3.1). */
  readonly targetDurationS: number
  /** Number of the first listed segment, counted from the start of the stream. */
  readonly mediaSequence: number
  /** Discontinuities that left the window. */
  readonly discontinuitySequence: number
  readonly segments: readonly PlaylistSegment[]
  readonly isEnded: boolean
}

export type PlaylistSegment = {
  readonly uri: string
  readonly duration: DurationMs
  readonly startsAt: UnixMs
  readonly discontinuity: boolean
}

export type Variant = {
  readonly uri: string
  readonly name: string
  /** Bits per second of the largest segment. */
  readonly peakBps: number
  readonly averageBps: number
  readonly width: number
  readonly height: number
  readonly frameRate: number
  /** RFC 6381, video first. */
  readonly codecs: readonly string[]
}

/** 6: the lowest version in which independent segments are declared, and decimals are allowed. */
const HEADER = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS']

/** @see RFC 8216 4.3.3 */
export function renderMediaPlaylist(playlist: MediaPlaylist): string {
  return lines([
    ...HEADER,
    `#EXT-X-TARGETDURATION:${playlist.targetDurationS}`,
    `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`,
    ...playlist.segments.flatMap((segment) => [
      ...(segment.discontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
      `#EXT-X-PROGRAM-DATE-TIME:${isoTime(segment.startsAt)}`,
      `#EXTINF:${(segment.duration / 1000).toFixed(3)},`,
      segment.uri,
    ]),
    ...(playlist.isEnded ? ['#EXT-X-ENDLIST'] : []),
  ])
}

/** @see RFC 8216 4.3.4.2 */
export function renderMasterPlaylist(variants: readonly Variant[]): string {
  return lines([...HEADER, ...variants.flatMap((variant) => [streamInf(variant), variant.uri])])
}

function streamInf(variant: Variant): string {
  const attributes = [
    `BANDWIDTH=${Math.ceil(variant.peakBps)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(variant.averageBps)}`,
    `RESOLUTION=${variant.width}x${variant.height}`,
    `FRAME-RATE=${variant.frameRate.toFixed(3)}`,
    `CODECS="${variant.codecs.join(',')}"`,
    `NAME="${variant.name}"`,
  ]
  return `#EXT-X-STREAM-INF:${attributes.join(',')}`
}

function isoTime(time: UnixMs): string {
  // biome-ignore lint/style/noRestrictedGlobals: writes a given time, reads no clock
  return new Date(time).toISOString()
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`
