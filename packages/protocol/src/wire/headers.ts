/** @module Headers between gateway and orchestrator: their names and the base64 they carry. */
import { MalformedError } from '@tessera/runtime/errors'

/** Base64 of a SegData message. */
export const SEGMENT_HEADER = 'Livepeer-Segment'
/** Base64 of a Payment message; empty off chain. */
export const PAYMENT_HEADER = 'Livepeer-Payment'

/** Standard alphabet with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  }
  return btoa(binary)
}

/** @throws {MalformedError} for anything but standard padded base64 of at most `maxBytes`. */
export function fromBase64(text: string, maxBytes: number, what: string): Uint8Array {
  if (text.length > Math.ceil(maxBytes / 3) * 4) throw new MalformedError(what, { length: text.length })
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new MalformedError(what, { length: text.length })
  }
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
