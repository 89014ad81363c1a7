/** @module Reads a container, packet by packet, synchronously. */

import { MalformedError } from '@tessera/runtime/errors'
import {
  AVFMT_FLAG_CUSTOM_IO,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  type AVMediaType,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_SET,
  AVSEEK_SIZE,
  type AVSeekWhence,
} from 'node-av/constants'
import { FormatContext, InputFormat, IOContext, Packet, type Stream } from 'node-av/lib'
import { check, received, setOptions } from './check.ts'

const IO_BUFFER_BYTES = 64 << 10

/**
 * An opened container. In memory, the demuxer is pinned by name, so that bytes which pose as a playlist or another format are
 * refused, and no protocol may be opened from inside it.
 */
export class MediaInput implements Disposable {
  readonly #io: IOContext | undefined
  readonly #format: FormatContext
  readonly video: Stream | undefined
  readonly audio: Stream | undefined

  private constructor(io: IOContext | undefined, format: FormatContext) {
    this.#io = io
    this.#format = format
    this.video = bestStream(format, AVMEDIA_TYPE_VIDEO)
    this.audio = bestStream(format, AVMEDIA_TYPE_AUDIO)
  }

  /** @throws {AvError} when the bytes are not of that format. */
  static openMemory(bytes: Uint8Array, formatName: string): MediaInput {
    const demuxer = InputFormat.findInputFormat(formatName)
    if (!demuxer) throw new MalformedError('container format name', { formatName })
    const io = readerOf(bytes)
    const format = new FormatContext()
    try {
      format.allocContext()
      format.pb = io
      format.setFlags(AVFMT_FLAG_CUSTOM_IO)
      setOptions(format, { format_whitelist: formatName, protocol_whitelist: 'none', max_streams: 16 })
      check(format.openInputSync('', demuxer, null), `open the input as ${formatName}`)
      check(format.findStreamInfoSync(null), 'find the streams of the input')
      return new MediaInput(io, format)
    } catch (error) {
      close(format, io)
      throw error
    }
  }

  /**
   * A file of this machine, in any container; nothing but files may be opened from inside it.
   * @throws {AvError}
   */
  static openFile(path: string): MediaInput {
    const format = new FormatContext()
    try {
      format.allocContext()
      setOptions(format, { protocol_whitelist: 'file', max_streams: 64 })
      check(format.openInputSync(`file:${path}`, null, null), 'open the file')
      check(format.findStreamInfoSync(null), 'find the streams of the file')
      return new MediaInput(undefined, format)
    } catch (error) {
      format.closeInputSync()
      throw error
    }
  }

  /** Packets of the two streams in file order. Each belongs to the caller, who frees it. */
  *packets(): Generator<Packet, void, undefined> {
    while (true) {
      const packet = new Packet()
      packet.alloc()
      if (!received(this.#format.readFrameSync(packet), 'read the input')) {
        packet.free()
        return
      }
      if (packet.streamIndex === this.video?.index || packet.streamIndex === this.audio?.index) yield packet
      else packet.free()
    }
  }

  [Symbol.dispose](): void {
    close(this.#format, this.#io)
  }
}

/**
 * The reader must stay attached until the format is closed: with `pb` set to null first, as node-av's own code does it,
 * version 6.1.1 frees the format again when it is garbage collected.
 */
function close(format: FormatContext, io: IOContext | undefined): void {
  format.closeInputSync()
  io?.freeContext()
}

function bestStream(format: FormatContext, type: AVMediaType): Stream | undefined {
  const index = format.findBestStream(type)
  return index < 0 ? undefined : format.streams[index]
}

function readerOf(bytes: Uint8Array): IOContext {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = 0
  const read = (size: number): Buffer | null => {
    if (position >= buffer.length) return null
    const chunk = buffer.subarray(position, position + size)
    position += chunk.length
    return chunk
  }
  const seek = (offset: bigint, whence: AVSeekWhence): bigint => {
    if (whence === AVSEEK_SIZE) return BigInt(buffer.length)
    const origins: Partial<Record<number, number>> = {
      [AVSEEK_SET]: 0,
      [AVSEEK_CUR]: position,
      [AVSEEK_END]: buffer.length,
    }
    position = Math.max(0, Math.min(buffer.length, (origins[whence] ?? 0) + Number(offset)))
    return BigInt(position)
  }
  const io = new IOContext()
  io.allocContextWithCallbacks(IO_BUFFER_BYTES, 0, read, null, seek)
  return io
}
