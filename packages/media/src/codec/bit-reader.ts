/** @module Bits of an H.264 RBSP or an AAC configuration: fixed-length and Exp-Golomb codes, bounds-checked. */
import { MalformedError } from '@tessera/runtime/errors'

/** Most significant bit first. Throws `MalformedError` instead of reading past the end. */
export class BitReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  #position = 0

  /** @param what names the structure in error messages. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#what = what
  }

  /** `count` bits (0 to 32) as an unsigned number. */
  bits(count: number): number {
    if (this.#position + count > this.#bytes.length * 8) {
      throw new MalformedError(this.#what, { bit: this.#position, needed: count })
    }
    let value = 0
    for (let i = 0; i < count; i++, this.#position++) {
      const byte = this.#bytes[this.#position >> 3] ?? 0
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1)
    }
    return value
  }

  flag(): boolean {
    return this.bits(1) === 1
  }

  skip(count: number): void {
    for (let left = count; left > 0; left -= 32) this.bits(Math.min(left, 32))
  }

  /** ue(v), H.264 9.1. */
  ue(): number {
    let zeros = 0
    while (!this.flag()) {
      zeros++
      if (zeros > 31) throw new MalformedError(this.#what, { bit: this.#position, code: 'exp-golomb' })
    }
    return 2 ** zeros - 1 + this.bits(zeros)
  }

  /** se(v), H.264 9.1.1. */
  se(): number {
    const code = this.ue()
    return code % 2 === 0 ? -(code / 2) : (code + 1) / 2
  }
}
