/** @module Why a source could not be published. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

const KINDS = {
  /** The server closed or refused the stream before it took pictures; the facts hold its words. */
  SOURCE_REFUSED: {
    message: 'The server refused the stream.',
    advice: 'Check the stream key in the URL, and that nobody else publishes to it.',
  },
  SOURCE_UNREACHABLE: {
    message: 'No RTMP server answers at that address.',
    advice: 'Check that the gateway is running and that host and port of the URL are right.',
  },
  /** The connection broke, or the server stopped reading, while pictures were sent. */
  SOURCE_CONNECTION_LOST: {
    message: 'The server ended the connection while the stream was being sent.',
    advice: 'The log of the gateway says why.',
  },
  SOURCE_BAD_URL: {
    message: 'That is no RTMP address.',
    advice: 'Use rtmp://HOST:PORT/live/STREAM-KEY.',
  },
  SOURCE_BAD_SETTINGS: {
    message: 'The generated source cannot be made that way.',
    advice:
      'Use an even size from 160 × 90 to 3840 × 2160, 1 to 60 whole frames per second, and more than 0 seconds.',
  },
  SOURCE_FILE_UNREADABLE: {
    message: 'The input file cannot be opened.',
    advice: 'Check that the path is right and the file may be read.',
  },
  SOURCE_FILE_UNSUPPORTED: {
    message: 'The input file holds no video that can be decoded.',
    advice: 'Use a media file such as MP4, MOV, MKV, WebM, FLV or MPEG-TS.',
  },
  SOURCE_FAILED: {
    message: 'The source could not be encoded.',
    advice: 'Run the command again; if it fails again, the facts help whoever looks into it.',
  },
} as const

export type SourceErrorCode = keyof typeof KINDS

/** The stream key is part of the URL, so the URL is never among the facts. */
export class SourceError extends BaseError {
  declare readonly code: SourceErrorCode

  constructor(code: SourceErrorCode, facts: Facts = {}, cause?: unknown) {
    super({ code, ...KINDS[code], facts, cause })
  }
}

export const isSourceErrorCode = (code: string): code is SourceErrorCode => Object.hasOwn(KINDS, code)
