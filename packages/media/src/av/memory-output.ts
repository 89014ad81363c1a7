/** @module Writes MPEG-TS into memory with the timestamps it is given. */

import { concatBytes } from '@tessera/runtime/bytes'
import { AVFMT_FLAG_CUSTOM_IO } from 'node-av/constants'
import { FormatContext, IOContext, type Packet, Rational, type Stream } from 'node-av/lib'
import { check, setOptions } from './check.ts'

const IO_BUFFER_BYTES = 64 << 10
const MPEG_TS_TIME_BASE = { num: 1, den: 90_000 }

/** One MPEG-TS file in memory. Add streams, `begin`, `write` in any order of streams, `finish`. */
export class MemoryOutput implements Disposable {
  readonly #io = new IOContext()
  readonly #format = new FormatContext()
  readonly #parts: Uint8Array[] = []

  constructor() {
    check(this.#format.allocOutputContext2(null, 'mpegts', null), 'make an MPEG-TS muxer')
    const keep = (chunk: Buffer): number => {
      this.#parts.push(Uint8Array.from(chunk))
      return chunk.length
    }
    this.#io.allocContextWithCallbacks(IO_BUFFER_BYTES, 1, null, keep, null)
    this.#format.pb = this.#io
    this.#format.setFlags(AVFMT_FLAG_CUSTOM_IO)
    // Timestamps must come out as they went in: no shift to zero, no initial delay.
    setOptions(this.#format, {
      mpegts_copyts: 1,
      avoid_negative_ts: 'disabled',
      max_delay: 0,
      pes_payload_size: 0,
    })
  }

  addStream(describe: (stream: Stream) => void): number {
    const stream = this.#format.newStream(null)
    stream.timeBase = new Rational(MPEG_TS_TIME_BASE.num, MPEG_TS_TIME_BASE.den)
    describe(stream)
    stream.codecpar.codecTag = 0
    return stream.index
  }

  begin(): void {
    check(this.#format.writeHeaderSync(null), 'write the MPEG-TS header')
  }

  /** Takes the packet's content; its timestamps are in `timeBase`. */
  write(packet: Packet, streamIndex: number, timeBase: { readonly num: number; readonly den: number }): void {
    packet.streamIndex = streamIndex
    packet.rescaleTs(timeBase, MPEG_TS_TIME_BASE)
    check(this.#format.interleavedWriteFrameSync(packet), 'write an MPEG-TS packet')
  }

  finish(): Uint8Array {
    check(this.#format.writeTrailerSync(), 'finish the MPEG-TS file')
    this.#io.flushSync()
    return concatBytes(...this.#parts)
  }

  [Symbol.dispose](): void {
    // Detached first: node-av would free the reader or writer with the format, and again by itself.
    this.#format.pb = null
    this.#format.freeContext()
    this.#io.freeContext()
  }
}
