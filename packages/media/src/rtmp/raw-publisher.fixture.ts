/** @module An RTMP client for tests that can misbehave: every byte it sends is chosen by the test. */
import { connect, type Socket } from 'node:net'
import { concatBytes, fromHex } from '@tessera/runtime/bytes'
import { type AmfObject, type AmfValue, amfObject, decodeAmf0 } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import { writeChunks } from './chunk-writer.ts'
import { command, MESSAGE, type RtmpMessage } from './messages.ts'

const BLOCK_BYTES = 1536
const CHUNK_BYTES = 128

/** What x264 and FFmpeg's AAC encoder write before a stream of 320 × 180 and 48 kHz stereo. */
export const AVC_CONFIG: Uint8Array = fromHex(
  '014d400dffe10018674d400deca0a0cfcf08000003000800000301e078a14cb001000468ce0fc8',
)
export const AAC_CONFIG: Uint8Array = fromHex('119056e500')

/** A video message with one slice NAL unit. */
export const videoBody = (isKeyframe: boolean, size = 20): Uint8Array =>
  concatBytes(
    Uint8Array.of(isKeyframe ? 0x17 : 0x27, 1, 0, 0, 0, 0, 0, size >> 8, size & 0xff),
    new Uint8Array(size).fill(isKeyframe ? 0x65 : 0x41),
  )

export const audioBody = (size = 30): Uint8Array =>
  concatBytes(Uint8Array.of(0xaf, 1), new Uint8Array(size).fill(0x21))

export class RawPublisher {
  readonly socket: Socket
  readonly #reader = new ChunkReader()
  readonly #messages: RtmpMessage[] = []
  #handshakeLeft = 1 + 2 * BLOCK_BYTES
  #wake: () => void = () => undefined
  isClosed = false
  received = 0

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.on('error', () => undefined)
    this.socket.on('data', (bytes) => this.#onData(bytes))
    this.socket.on('close', () => {
      this.isClosed = true
      this.#wake()
    })
  }

  shakeHands(): void {
    this.socket.write(concatBytes(Uint8Array.of(3), new Uint8Array(2 * BLOCK_BYTES)))
  }

  send(message: RtmpMessage): void {
    this.socket.write(writeChunks(message, CHUNK_BYTES))
  }

  command(...values: readonly AmfValue[]): void {
    this.send(command(0, ...values))
  }

  media(type: 'video' | 'audio', timestamp: number, payload: Uint8Array): void {
    this.send({ type: MESSAGE[type], streamId: 1, timestamp, payload })
  }

  /** Everything up to and including `publish`. */
  publish(app: string, name: string): void {
    this.shakeHands()
    this.command('connect', 1, amfObject({ app, tcUrl: `rtmp://127.0.0.1/${app}` }))
    this.command('createStream', 2, null)
    this.command('publish', 3, null, name, 'live')
  }

  /** Configuration, then pictures at 25 per second, a keyframe every 50, with sound. */
  stream(frames: number): void {
    this.media('video', 0, concatBytes(Uint8Array.of(0x17, 0, 0, 0, 0), AVC_CONFIG))
    this.media('audio', 0, concatBytes(Uint8Array.of(0xaf, 0), AAC_CONFIG))
    for (let i = 0; i < frames; i++) {
      this.media('video', i * 40, videoBody(i % 50 === 0))
      this.media('audio', i * 40, audioBody())
    }
  }

  /** The next status sent by the server; undefined when the connection closed instead. */
  async status(): Promise<AmfObject | undefined> {
    while (true) {
      const message = await this.message()
      if (!message) return undefined
      if (message.type !== MESSAGE.commandAmf0) continue
      const [name, , , info] = decodeAmf0(message.payload)
      if (name === 'onStatus' && info instanceof Map) return info
    }
  }

  async message(): Promise<RtmpMessage | undefined> {
    while (this.#messages.length === 0 && !this.isClosed) await this.#more()
    return this.#messages.shift()
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.#more()
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #onData(bytes: Uint8Array): void {
    this.received += bytes.length
    const skipped = Math.min(this.#handshakeLeft, bytes.length)
    this.#handshakeLeft -= skipped
    this.#messages.push(...this.#reader.push(bytes.subarray(skipped)))
    this.#wake()
  }
}
