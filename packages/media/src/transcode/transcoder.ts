/** @module The port behind which all transcoding happens: one segment in, one rendition a profile out. */
import type { Profile } from '@tessera/protocol/profile'
import type { Rendition } from '@tessera/protocol/rendition'
import { BaseError, type Facts } from '@tessera/runtime/errors'

export type TranscodeInput = {
  /** One MPEG-TS segment: H.264 video that starts with a keyframe, and AAC audio or none. */
  readonly bytes: Uint8Array
  /** What the sender says the segment lasts. A segment that is much longer is refused. */
  readonly durationMs: number
  /** At least one. Output order is the order asked for. */
  readonly profiles: readonly Profile[]
}

/** Caps on one segment, checked before the codec sees it where the headers tell, and again while it runs. */
export type TranscodeLimits = {
  readonly maxBytes: number
  readonly maxDurationMs: number
  readonly maxFrames: number
  /** Width × height of the source picture. */
  readonly maxPixelsPerFrame: number
  readonly maxProfiles: number
}

export const DEFAULT_TRANSCODE_LIMITS: TranscodeLimits = {
  maxBytes: 64 << 20,
  maxDurationMs: 60_000,
  maxFrames: 7_200,
  maxPixelsPerFrame: 4096 * 2304,
  maxProfiles: 10,
}

/**
 * Each rendition is MPEG-TS with exactly the source's frames (unless its profile sets `fps`), presentation times
 * equal tick for tick, an IDR picture first, and the source's audio packets untouched. `pixels` and `frames` are
 * counted from what the encoder put out.
 *
 * @throws {TranscodeError} whenever the segment cannot be done; `retryable` says whether another worker may do it.
 */
export interface Transcoder extends AsyncDisposable {
  transcode(
    input: TranscodeInput,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<readonly Rendition[]>
}

/**
 * Why a segment was not transcoded, and the text that Livepeer's nodes use for it. Gateways compare that text to
 * decide whether to try elsewhere, so it must be exact (LPMS `ffmpeg/ffmpeg_errors.go`, go-livepeer `core`).
 */
const REASONS = {
  /** No byte to work on. */
  TRANSCODE_EMPTY: { livepeer: 'EmptyData', retryable: false },
  /** Not MPEG-TS, cut off, or without a picture that decodes. */
  TRANSCODE_INVALID_INPUT: { livepeer: 'TranscoderInvalidVideo', retryable: false },
  /** The video starts with, or is, pictures that need others which are not there. */
  TRANSCODE_NO_KEYFRAME: { livepeer: 'No keyframes in input', retryable: false },
  /** The video is not H.264. */
  TRANSCODE_UNSUPPORTED_CODEC: { livepeer: 'Unsupported input codec', retryable: false },
  /** The pictures are not 8-bit 4:2:0. */
  TRANSCODE_UNSUPPORTED_PIXEL_FORMAT: { livepeer: 'Unsupported input pixel format', retryable: false },
  /** More bytes, frames, pixels or seconds than the limits allow. */
  TRANSCODE_LIMIT: { livepeer: 'TranscoderInvalidVideo', retryable: false },
  /** The size asked for cannot be made. */
  TRANSCODE_INVALID_RESOLUTION: { livepeer: 'TranscoderInvalidResolution', retryable: false },
  /** The codec, container or H.264 profile asked for is not offered. */
  TRANSCODE_UNSUPPORTED_PROFILE: { livepeer: 'TranscoderUnrecognizedProfile', retryable: false },
  /** More renditions than the limits allow. */
  TRANSCODE_TOO_MANY_OUTPUTS: { livepeer: 'Too many outputs', retryable: false },
  /** The deadline passed, the first time and again. */
  TRANSCODE_TIMEOUT: { livepeer: 'Remote transcoder took too long', retryable: true },
  /** The codec process died, the first time and again. */
  TRANSCODE_CRASHED: { livepeer: 'TranscoderStopped', retryable: true },
  /** Every process is at work and the queue is full. */
  TRANSCODE_BUSY: { livepeer: 'TranscoderBusy', retryable: true },
  /** The transcoder is closing, or the caller gave up. */
  TRANSCODE_STOPPED: { livepeer: 'TranscoderStopped', retryable: true },
  /** The codec library refused for a reason that is not the input's fault. */
  TRANSCODE_FAILED: { livepeer: 'TranscoderStopped', retryable: true },
} as const

export type TranscodeErrorCode = keyof typeof REASONS

export class TranscodeError extends BaseError {
  declare readonly code: TranscodeErrorCode
  /** Goes into `TranscodeResult.error` on Livepeer's wire. */
  readonly livepeerText: string

  constructor(code: TranscodeErrorCode, message: string, facts?: Facts, cause?: unknown) {
    super({ code, message, retryable: REASONS[code].retryable, cause, ...(facts && { facts }) })
    this.livepeerText = REASONS[code].livepeer
  }
}

/** Narrows a code that came from another process. */
export function isTranscodeErrorCode(code: string): code is TranscodeErrorCode {
  return Object.hasOwn(REASONS, code)
}
