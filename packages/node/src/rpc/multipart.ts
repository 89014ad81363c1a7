/** @module `multipart/mixed` bodies, as workers send their results in (RFC 2046 §5.1). */
import { concatBytes, equalBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'

export type Part = {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
}

const MAX_PARTS = 64
const MAX_PART_HEADER_BYTES = 16_384
const CRLF = Uint8Array.of(13, 10)
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** `boundary` must not occur in any part: use random text. */
export function writeMultipart(
  parts: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }[],
  boundary: string,
): Uint8Array {
  const pieces = parts.flatMap(({ headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return [text(`--${boundary}\r\n${lines.join('')}\r\n`), body, CRLF]
  })
  return concatBytes(...pieces, text(`--${boundary}--\r\n`))
}

/** The boundary of a `Content-Type: multipart/…; boundary=…`; undefined when it is none. */
export function multipartBoundary(contentType: string): string | undefined {
  if (!/^multipart\//i.test(contentType)) return undefined
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  return match?.[1] ?? match?.[2]
}

/** @throws {MalformedError} */
export function parseMultipart(body: Uint8Array, boundary: string): Part[] {
  const delimiter = text(`--${boundary}`)
  const parts: Part[] = []
  let at = startOf(body, delimiter)
  while (true) {
    at += delimiter.length
    if (body[at] === 0x2d && body[at + 1] === 0x2d) return parts
    at = afterLine(body, at)
    if (parts.length === MAX_PARTS) throw new MalformedError('multipart body: too many parts')
    const headers = new Map<string, string>()
    const limit = at + MAX_PART_HEADER_BYTES
    while (true) {
      const end = afterLine(body, at)
      if (end > limit) throw new MalformedError('multipart body: headers too long', { offset: at })
      const line = new TextDecoder().decode(body.subarray(at, end)).trim()
      at = end
      if (line === '') break
      const colon = line.indexOf(':')
      if (colon < 1) throw new MalformedError('multipart header', { offset: at })
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
    }
    const end = nextDelimiter(body, delimiter, at, headers.get('content-length'))
    // The line break before a delimiter belongs to the delimiter.
    parts.push({ headers, body: body.subarray(at, body[end - 2] === 13 ? end - 2 : end - 1) })
    at = end
  }
}

function startOf(body: Uint8Array, delimiter: Uint8Array): number {
  if (equalBytes(body.subarray(0, delimiter.length), delimiter)) return 0
  return nextDelimiter(body, delimiter, 0, undefined)
}

/** With a length told, tries there first: no need to search megabytes of video. */
function nextDelimiter(
  body: Uint8Array,
  delimiter: Uint8Array,
  from: number,
  told: string | undefined,
): number {
  const guess = from + Number(told ?? Number.NaN) + 2
  if (Number.isSafeInteger(guess) && equalBytes(body.subarray(guess, guess + delimiter.length), delimiter))
    return guess
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const found = bytes.indexOf(Buffer.concat([Uint8Array.of(10), delimiter]), from)
  if (found < 0) throw new MalformedError('multipart body: no closing boundary', { length: body.length })
  return found + 1
}

function afterLine(body: Uint8Array, from: number): number {
  const end = body.indexOf(10, from)
  if (end < 0) throw new MalformedError('multipart body: it ends in a header', { offset: from })
  return end + 1
}
