/** @module One AAC-LC encoder, synchronous. */
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_AAC,
  AV_SAMPLE_FMT_FLTP,
} from 'node-av/constants'
import { Codec, CodecContext, type CodecParameters, Frame, Packet, Rational } from 'node-av/lib'
import { AAC_FRAME_SAMPLES } from '../codec/aac.ts'
import { check, received } from './check.ts'

export const AAC_SAMPLE_RATE = 48_000

/** Stereo at 48 kHz in frames of 1024 samples; times count samples. */
export class AacEncoder implements Disposable {
  readonly #context = new CodecContext()
  readonly #frame = new Frame()
  readonly #packet = new Packet()

  /** @throws {AvError} */
  constructor(bitrateBps: number) {
    const codec = Codec.findEncoder(AV_CODEC_ID_AAC)
    const context = this.#context
    context.allocContext3(codec)
    context.sampleRate = AAC_SAMPLE_RATE
    context.sampleFormat = AV_SAMPLE_FMT_FLTP
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    context.timeBase = new Rational(1, AAC_SAMPLE_RATE)
    context.bitRate = BigInt(bitrateBps)
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    check(context.open2Sync(codec, null), 'open the AAC encoder')
    this.#frame.alloc()
    this.#frame.format = AV_SAMPLE_FMT_FLTP
    this.#frame.sampleRate = AAC_SAMPLE_RATE
    this.#frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    this.#frame.nbSamples = AAC_FRAME_SAMPLES
    check(this.#frame.getBuffer(), 'allocate an audio frame')
    this.#packet.alloc()
  }

  describe(parameters: CodecParameters): void {
    check(parameters.fromContext(this.#context), 'describe the AAC stream')
  }

  /** 1024 float samples from -1 to 1 for each channel. Each packet is valid until the next step. */
  *encodePlanes(planes: readonly Uint8Array[], firstSample: number): Generator<Packet, void, undefined> {
    check(this.#frame.makeWritable(), 'make an audio frame writable')
    check(this.#frame.fromBuffer(Buffer.concat(planes)), 'fill an audio frame')
    this.#frame.pts = BigInt(firstSample)
    yield* this.encode(this.#frame)
  }

  /** `null` ends the stream. */
  *encode(frame: Frame | null): Generator<Packet, void, undefined> {
    check(this.#context.sendFrameSync(frame), 'encode audio')
    while (received(this.#context.receivePacketSync(this.#packet), 'encode audio')) {
      yield this.#packet
      this.#packet.unref()
    }
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#frame.free()
    this.#context.freeContext()
  }
}
