/** @module Node's request and response, the same for HTTP/1.1 and HTTP/2, with bounded bodies. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { concatBytes } from '@tessera/runtime/bytes'
import { BaseError, MalformedError } from '@tessera/runtime/errors'

export type HttpRequest = IncomingMessage | Http2ServerRequest
export type HttpResponse = ServerResponse | Http2ServerResponse

class BodyTooLargeError extends BaseError {
  constructor(limit: number) {
    super({ code: 'BODY_TOO_LARGE', message: 'The body is too large.', facts: { limit } })
  }
}

/** An answer other than 200, thrown by a handler: status and text go to the peer. */
export class HttpRefusal extends BaseError {
  readonly status: number

  constructor(status: number, text: string, cause?: unknown) {
    super({ code: 'HTTP_REFUSAL', message: text, facts: { status }, cause })
    this.status = status
  }
}

/** First value of a header, without surrounding blanks. */
export function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()]
  return (Array.isArray(value) ? value[0] : value)?.trim()
}

/** Path without query; `/` when the request has none. */
export function pathOf(request: HttpRequest): string {
  return request.url?.split('?', 1)[0] ?? '/'
}

/**
 * The whole body.
 * @throws {BaseError} `BODY_TOO_LARGE` as soon as the length told or the bytes read pass `limit`
 * @throws {MalformedError} when the peer breaks off
 */
export async function readBody(
  source: AsyncIterable<Uint8Array> & { headers: HttpRequest['headers'] },
  limit: number,
): Promise<Uint8Array> {
  const told = Number(source.headers['content-length'] ?? 0)
  if (told > limit) throw new BodyTooLargeError(limit)
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of source) {
      size += part.length
      if (size > limit) throw new BodyTooLargeError(limit)
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw error
    throw new MalformedError('body: it broke off', { received: size }, error)
  }
  // HTTP/2 gives a plain end also when the peer closed the stream early.
  if (told > size) throw new MalformedError('body: it is shorter than told', { told, received: size })
  return concatBytes(...parts)
}

/** Plain text with a newline, as Go's `http.Error`. Peers compare the trimmed text. */
export function sendText(response: HttpResponse, status: number, text: string): void {
  send(response, status, 'text/plain; charset=utf-8', new TextEncoder().encode(`${text}\n`))
}

/** Numbers beyond 2^53 are the caller's to turn into text. */
export function sendJson(response: HttpResponse, value: unknown, status = 200): void {
  send(response, status, 'application/json', new TextEncoder().encode(JSON.stringify(value)))
}

export function send(response: HttpResponse, status: number, contentType: string, body: Uint8Array): void {
  if (response.headersSent || response.destroyed) return
  response.statusCode = status
  response.setHeader('Content-Type', contentType)
  response.setHeader('Content-Length', body.length)
  // Both kinds of response take bytes here; only their overloads differ.
  ;(response as ServerResponse).end(body)
}

/** Sends status 200 and the headers now; the body comes later by `finishAnswer`. */
export function beginAnswer(response: HttpResponse, contentType: string): void {
  ;(response as ServerResponse).writeHead(200, { 'Content-Type': contentType })
  // HTTP/1.1 would wait for the body; HTTP/2 has sent them already.
  if ('flushHeaders' in response) response.flushHeaders()
}

/** Nothing happens when the peer has gone meanwhile. */
export function finishAnswer(response: HttpResponse, body: Uint8Array): void {
  if (!response.destroyed) (response as ServerResponse).end(body)
}
