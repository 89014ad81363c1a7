/** @module RTMP chunks to messages. @see Adobe RTMP 1.0, section 5.3 */
import { joinBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { MESSAGE, type RtmpMessage } from './messages.ts'

/** A 16 MB picture is 4 Gbit/s at 30 per second: nothing real is larger. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
/** Of unfinished messages on all chunk streams together. */
const MAX_UNFINISHED_BYTES = 32 * 1024 * 1024
/** Encoders use four or five. */
const MAX_CHUNK_STREAMS = 64
const INITIAL_CHUNK_BYTES = 128
/** A 24-bit timestamp of this value says that 32 bits follow. */
const EXTENDED = 0xffffff
const MESSAGE_HEADER_BYTES = [11, 7, 3, 0]

/** Last header on a chunk stream, and what came of its message so far. */
type ChunkStream = {
  type: number
  length: number
  streamId: number
  timestamp: number
  /** As sent: the time itself after a full header, else the difference. A header of type 3 repeats it. */
  timestampField: number
  isExtended: boolean
  /** Grows as bytes come: a length that is only announced costs nothing. */
  body: Uint8Array
  received: number
}

/** Takes bytes cut anywhere and holds less than one header of them back; payload goes straight to its message. */
export class ChunkReader {
  readonly #streams = new Map<number, ChunkStream>()
  #chunkBytes = INITIAL_CHUNK_BYTES
  #unfinishedBytes = 0
  /** Header bytes that are not complete yet. */
  #held: Uint8Array = new Uint8Array()
  /** The chunk whose payload is being read. */
  #current: { stream: ChunkStream; left: number } | undefined;

  /** Messages that these bytes complete, also those before a fault. Read to the end. @throws {MalformedError} */
  *push(bytes: Uint8Array): Generator<RtmpMessage, void, undefined> {
    const input = this.#held.length > 0 ? joinBytes([this.#held, bytes]) : bytes
    const messages: RtmpMessage[] = []
    let at = 0
    while (at < input.length) {
      const used = this.#current
        ? this.#readPayload(this.#current, input.subarray(at), messages)
        : this.#readHeader(input, at, messages)
      yield* messages.splice(0)
      if (used === 0) break
      at += used
    }
    this.#held = input.slice(at)
  }

  /** Bytes of the header, or 0 when it is not complete. */
  #readHeader(input: Uint8Array, start: number, messages: RtmpMessage[]): number {
    const view = new DataView(input.buffer, input.byteOffset + start, input.length - start)
    const format = view.getUint8(0) >> 6
    const low = view.getUint8(0) & 0x3f
    const basicBytes = low === 0 ? 2 : low === 1 ? 3 : 1
    const headerBytes = MESSAGE_HEADER_BYTES[format] ?? 0
    if (view.byteLength < basicBytes + headerBytes) return 0
    const id = chunkStreamId(view, low)
    const stream = this.#streamOf(id, format)
    if (format === 3 && stream.received > 0) {
      return this.#continue(stream, view, basicBytes)
    }
    const field = format === 3 ? stream.timestampField : u24(view, basicBytes)
    const isExtended = format === 3 ? stream.isExtended : field === EXTENDED
    const total = basicBytes + headerBytes + (isExtended ? 4 : 0)
    if (view.byteLength < total) return 0
    if (format < 2) {
      stream.length = u24(view, basicBytes + 3)
      stream.type = view.getUint8(basicBytes + 6)
    }
    if (format === 0) stream.streamId = view.getUint32(basicBytes + 7, true)
    stream.isExtended = isExtended
    stream.timestampField = isExtended ? view.getUint32(total - 4) : field
    stream.timestamp =
      format === 0 ? stream.timestampField : (stream.timestamp + stream.timestampField) % 2 ** 32
    if (stream.length > MAX_MESSAGE_BYTES) throw new MalformedError('RTMP message', { length: stream.length })
    if (stream.length === 0) this.#finish(stream, messages)
    else this.#begin(stream)
    return total
  }

  /**
   * A later chunk of a message. The extended timestamp is repeated there by most encoders but not by all, so it is
   * taken only where it is the expected value.
   */
  #continue(stream: ChunkStream, view: DataView, basicBytes: number): number {
    let used = basicBytes
    if (stream.isExtended) {
      if (view.byteLength < basicBytes + 4) return 0
      const isRepeated = view.getUint32(basicBytes) === stream.timestampField
      if (isRepeated) used += 4
    }
    this.#begin(stream)
    return used
  }

  #begin(stream: ChunkStream): void {
    this.#current = { stream, left: Math.min(this.#chunkBytes, stream.length - stream.received) }
  }

  #readPayload(
    current: { stream: ChunkStream; left: number },
    input: Uint8Array,
    messages: RtmpMessage[],
  ): number {
    const { stream } = current
    const part = input.subarray(0, current.left)
    append(stream, part)
    current.left -= part.length
    this.#unfinishedBytes += part.length
    if (this.#unfinishedBytes > MAX_UNFINISHED_BYTES) {
      throw new MalformedError('RTMP chunks: too many unfinished messages', { bytes: this.#unfinishedBytes })
    }
    if (current.left === 0) {
      this.#current = undefined
      if (stream.received === stream.length) this.#finish(stream, messages)
    }
    return part.length
  }

  #finish(stream: ChunkStream, messages: RtmpMessage[]): void {
    const { type, streamId, timestamp } = stream
    const payload = stream.body.subarray(0, stream.length)
    this.#drop(stream)
    if (type === MESSAGE.setChunkSize) this.#setChunkSize(payload)
    else if (type === MESSAGE.abort) this.#abort(payload)
    else messages.push({ type, streamId, timestamp, payload })
  }

  #drop(stream: ChunkStream): void {
    this.#unfinishedBytes -= stream.received
    stream.received = 0
    stream.body = new Uint8Array()
  }

  #setChunkSize(payload: Uint8Array): void {
    const size = u32(payload, 'RTMP chunk size')
    if (size < 1 || size > 0x7fff_ffff) throw new MalformedError('RTMP chunk size', { size })
    this.#chunkBytes = Math.min(size, MAX_MESSAGE_BYTES)
  }

  #abort(payload: Uint8Array): void {
    const stream = this.#streams.get(u32(payload, 'RTMP abort'))
    if (stream) this.#drop(stream)
  }

  #streamOf(id: number, format: number): ChunkStream {
    const known = this.#streams.get(id)
    if (known) {
      if (format !== 3 && known.received > 0) this.#drop(known)
      return known
    }
    // Type 1 as the first header occurs (some encoders open a stream with it); 2 and 3 would lack a length.
    if (format > 1) throw new MalformedError('RTMP chunk: no header to repeat', { chunkStream: id })
    if (this.#streams.size >= MAX_CHUNK_STREAMS) throw new MalformedError('RTMP chunk: too many streams')
    const stream: ChunkStream = {
      type: 0,
      length: 0,
      streamId: 0,
      timestamp: 0,
      timestampField: 0,
      isExtended: false,
      body: new Uint8Array(),
      received: 0,
    }
    this.#streams.set(id, stream)
    return stream
  }
}

function append(stream: ChunkStream, part: Uint8Array): void {
  const needed = stream.received + part.length
  if (stream.body.length < needed) {
    const grown = new Uint8Array(Math.min(stream.length, Math.max(needed, 2 * stream.body.length)))
    grown.set(stream.body)
    stream.body = grown
  }
  stream.body.set(part, stream.received)
  stream.received = needed
}

/** Section 5.3.1.1. */
function chunkStreamId(view: DataView, low: number): number {
  if (low === 0) return view.getUint8(1) + 64
  return low === 1 ? view.getUint8(2) * 256 + view.getUint8(1) + 64 : low
}

const u24 = (view: DataView, at: number): number => view.getUint16(at) * 256 + view.getUint8(at + 2)

function u32(payload: Uint8Array, what: string): number {
  if (payload.length < 4) throw new MalformedError(what, { bytes: payload.length })
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0)
}
