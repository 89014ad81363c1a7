/** @module Sends compressed packets to an RTMP server, as encoders in the field do (FFmpeg's own client). */
import { AV_LOG_ERROR, AVIO_FLAG_WRITE } from 'node-av/constants'
import { FormatContext, IOContext, Log, type Packet, Rational, type Stream } from 'node-av/lib'
import { check, setOptions } from '../av/check.ts'
import type { PacketSource, Track } from './timed-packets.ts'

/** FLV counts milliseconds. */
const FLV_TIME_BASE = { num: 1, den: 1000 }
type Kind = 'video' | 'audio'

/** Blocks while it connects and while the server does not read. */
export class RtmpOutput implements Disposable {
  readonly #format = new FormatContext()
  readonly #io = new IOContext()
  readonly #streams = new Map<Kind, { index: number; timeBase: Track['timeBase'] }>()

  /** @throws {AvError} when there is no connection, or the server refuses; `serverWords` tells which. */
  constructor(url: string, source: PacketSource) {
    check(this.#format.allocOutputContext2(null, 'flv', url), 'make an FLV muxer')
    setOptions(this.#format, { flvflags: 'no_duration_filesize' })
    this.#add('video', source.video)
    if (source.audio) this.#add('audio', source.audio)
    try {
      check(this.#io.open2Sync(url, AVIO_FLAG_WRITE), 'connect')
      this.#format.pb = this.#io
      check(this.#format.writeHeaderSync(null), 'send the stream description')
    } catch (error) {
      this.#format.pb = null
      this.#format.freeContext()
      throw error
    }
  }

  /** @throws {AvError} when the connection is gone. */
  write(kind: Kind, packet: Packet): void {
    const stream = this.#streams.get(kind)!
    packet.streamIndex = stream.index
    packet.rescaleTs(stream.timeBase, FLV_TIME_BASE)
    // Sources are in order: waiting to interleave would only delay.
    check(this.#format.writeFrameSync(packet), 'send a packet')
    this.#io.flushSync()
    check(this.#io.error, 'send a packet')
  }

  /** Tells the server that the stream has ended. @throws {AvError} when what was sent last did not arrive. */
  finish(): void {
    check(this.#format.writeTrailerSync(), 'end the stream')
  }

  [Symbol.dispose](): void {
    this.#format.pb = null
    this.#io.closepSync()
    this.#format.freeContext()
  }

  #add(kind: Kind, track: Track): void {
    const stream: Stream = this.#format.newStream(null)
    stream.timeBase = new Rational(FLV_TIME_BASE.num, FLV_TIME_BASE.den)
    track.describe(stream.codecpar)
    stream.codecpar.codecTag = 0
    this.#streams.set(kind, { index: stream.index, timeBase: track.timeBase })
  }
}

/** Keeps the error lines of the codec library: only they carry what an RTMP server said. */
export class ServerWords {
  readonly #lines: string[] = []

  constructor() {
    Log.setLevel(AV_LOG_ERROR)
    Log.setCallback((_level, line) => void this.#lines.push(line.trim()))
  }

  /** The refusal in the server's words; undefined when it said none. */
  get refusal(): string | undefined {
    const words = this.#lines.map((line) => /Server error: (.+)/.exec(line)?.[1])
    return words.findLast((text) => text !== undefined)
  }

  get lastLine(): string | undefined {
    return this.#lines.at(-1)
  }
}
