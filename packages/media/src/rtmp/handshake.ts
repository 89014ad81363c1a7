/** @module The simple RTMP handshake, server side. @see Adobe RTMP 1.0, section 5.2 */
import { concatBytes } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'

const VERSION = 3
const BLOCK_BYTES = 1536

/** The first byte is not RTMP's: another protocol, or noise. */
class NotRtmpError extends BaseError {
  constructor(version: number) {
    super({
      code: 'RTMP_NOT_RTMP',
      message: 'A connection to the RTMP port does not speak RTMP.',
      advice: 'Publish with rtmp://, without TLS or encryption.',
      facts: { firstByte: version },
    })
  }
}

/** C0 C1 in, S0 S1 S2 out, C2 in. */
export class Handshake {
  #held: Uint8Array = new Uint8Array()
  #isAnswered = false

  /** `reply` goes to the peer; once `rest` is given the handshake is over and `rest` is what follows it. */
  push(bytes: Uint8Array): { readonly reply?: Uint8Array; readonly rest?: Uint8Array } {
    this.#held = concatBytes(this.#held, bytes)
    const version = this.#held[0]
    if (!this.#isAnswered && version !== undefined && version !== VERSION) throw new NotRtmpError(version)
    const needed = this.#isAnswered ? BLOCK_BYTES : 1 + BLOCK_BYTES
    if (this.#held.length < needed) return {}
    const block = this.#held.subarray(needed - BLOCK_BYTES, needed)
    const rest = this.#held.slice(needed)
    this.#held = rest
    if (this.#isAnswered) return { rest }
    this.#isAnswered = true
    // S1 is all zero: a version of 0 tells the peer not to look for digests in it. S2 repeats C1.
    const reply = concatBytes(Uint8Array.of(VERSION), new Uint8Array(BLOCK_BYTES), block)
    return rest.length >= BLOCK_BYTES ? { reply, ...this.push(new Uint8Array()) } : { reply }
  }
}
