/** @module Errors as every client of the gateway's HTTP side gets them: `{ error: { code, message, advice } }`. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type HttpError = {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly message: string
  readonly advice: string
}

/** Codes of the gateway's HTTP side. */
export const HTTP_ERRORS: Readonly<
  Record<
    | 'notFound'
    | 'unknownStream'
    | 'notPlayableYet'
    | 'unknownRendition'
    | 'segmentGone'
    | 'methodNotAllowed'
    | 'rangeNotSatisfiable'
    | 'internal',
    HttpError
  >
> = {
  notFound: {
    status: 404,
    code: 'NOT_FOUND',
    message: 'There is nothing at this address.',
    advice: 'GET /api/network lists the streams and their addresses.',
  },
  unknownStream: {
    status: 404,
    code: 'STREAM_NOT_FOUND',
    message: 'No such stream has been published here.',
    advice: 'GET /api/streams lists the streams. Publish one by RTMP first.',
  },
  notPlayableYet: {
    status: 404,
    code: 'STREAM_NOT_PLAYABLE_YET',
    message: 'The stream has no segment yet.',
    advice: 'Ask again in a second.',
  },
  unknownRendition: {
    status: 404,
    code: 'RENDITION_NOT_FOUND',
    message: 'The stream has no such rendition.',
    advice: 'The master playlist of the stream lists its renditions.',
  },
  segmentGone: {
    status: 404,
    code: 'SEGMENT_NOT_FOUND',
    message: 'There is no such segment (any more).',
    advice: 'Read the playlist again: it lists the segments that can be fetched.',
  },
  methodNotAllowed: {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: 'This address can only be read.',
    advice: 'Use GET or HEAD. Streams are published by RTMP.',
  },
  rangeNotSatisfiable: {
    status: 416,
    code: 'RANGE_NOT_SATISFIABLE',
    message: 'The range lies outside of the segment.',
    advice: 'Ask without a Range header.',
  },
  internal: {
    status: 500,
    code: 'INTERNAL',
    message: 'The gateway could not answer.',
    advice: 'Its log tells why.',
  },
}

export function sendError(
  context: Context,
  error: HttpError,
  headers: Record<string, string> = {},
): Response {
  const { status, code, message, advice } = error
  return context.json({ error: { code, message, advice } }, status, {
    'Cache-Control': 'no-store',
    ...headers,
  })
}
