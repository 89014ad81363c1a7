/** @module Bytes: bounds-checked reading, joining, hex. */
import { MalformedError } from './errors.ts'

export type Hex = `0x${string}`

/** Big-endian reader that throws `MalformedError` instead of reading past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #what: string
  #offset = 0

  /** @param what names the structure in error messages, e.g. `FLV tag`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#what = what
  }

  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2))
  }

  u24(): number {
    const at = this.#advance(3)
    return this.#view.getUint16(at) * 256 + this.#view.getUint8(at + 2)
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4))
  }

  u32le(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  i24(): number {
    return (this.u24() << 8) >> 8
  }

  f64(): number {
    return this.#view.getFloat64(this.#advance(8))
  }

  /** A view on the next `count` bytes, not a copy. */
  take(count: number): Uint8Array {
    const at = this.#advance(count)
    return this.#bytes.subarray(at, at + count)
  }

  skip(count: number): void {
    this.#advance(count)
  }

  rest(): Uint8Array {
    return this.take(this.remaining)
  }

  #advance(count: number): number {
    const at = this.#offset
    if (!Number.isInteger(count) || count < 0 || at + count > this.#bytes.length) {
      throw new MalformedError(this.#what, { offset: at, needed: count, remaining: this.remaining })
    }
    this.#offset = at + count
    return at
  }
}

/** One new array with all parts in order, for a few of them. */
export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts)

/** `concatBytes` for many: argument lists have a limit that hostile input can reach, arrays have none. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Stops at the first difference, so its time tells where that is: compare secrets with `timingSafeEqual` instead. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): Hex {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return `0x${text}`
}

/** Accepts an even number of hex digits, with or without `0x`. */
export function fromHex(text: string): Uint8Array {
  const digits = text.startsWith('0x') ? text.slice(2) : text
  if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) {
    throw new MalformedError('hex text', { length: text.length })
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  )
}

/** Big-endian bytes of exactly `size` (at least 1); throws when the value does not fit. */
export function bigintToBytes(value: bigint, size: number): Uint8Array {
  if (value < 0n || value >> BigInt(8 * size) !== 0n) {
    throw new MalformedError(`${size}-byte unsigned integer`)
  }
  return fromHex(value.toString(16).padStart(2 * size, '0'))
}

/** Big-endian without leading zeros; zero is the empty string (as Go's `big.Int.Bytes`). */
export function bigintToMinimalBytes(value: bigint): Uint8Array {
  if (value < 0n) throw new MalformedError('unsigned integer')
  if (value === 0n) return new Uint8Array()
  const digits = value.toString(16)
  return fromHex(digits.length % 2 === 0 ? digits : `0${digits}`)
}

export function bytesToBigint(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(toHex(bytes))
}
