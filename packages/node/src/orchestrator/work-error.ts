/** @module Why a segment was not transcoded, in the texts that Livepeer's gateways know. */
import { BaseError } from '@tessera/runtime/errors'

/** Texts that say the same about any worker (LPMS `ffmpeg/ffmpeg_errors.go`): trying another would be in vain. */
const SEGMENT_AT_FAULT: ReadonlySet<string> = new Set([
  'Unsupported input pixel format',
  'Error initializing filtergraph',
  'Too many outputs',
  'Unsupported input codec',
  'No keyframes in input',
  'Encoded frames runaway',
  'Invalid argument',
  'EmptyData',
  'TranscoderInvalidResolution',
  'TranscoderInvalidVideo',
  'TranscoderUnrecognizedFormat',
  'TranscoderUnrecognizedProfile',
  'TranscoderInvalidGOP',
])

/** `message` is the text for the wire. */
export class WorkError extends BaseError {
  constructor(livepeerText: string, options: { readonly retryable?: boolean } = {}) {
    super({
      code: 'WORK_FAILED',
      message: livepeerText,
      retryable: options.retryable ?? !SEGMENT_AT_FAULT.has(livepeerText),
    })
  }
}
