/** @module One x264 encoder, single-threaded and synchronous, without B-frames. */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Codec, CodecContext, type CodecParameters, type Frame, Packet, Rational } from 'node-av/lib'
import { check, received, setOptions } from './check.ts'

export type H264EncoderConfig = {
  readonly width: number
  readonly height: number
  readonly bitrateBps: number
  /** Mean frame rate; it steers rate control, timestamps may be irregular. */
  readonly fps: { readonly num: number; readonly den: number }
  /** Unit of the timestamps of the pictures. */
  readonly timeBase: { readonly num: number; readonly den: number }
  /** Largest distance of keyframes in frames. */
  readonly gopFrames: number
  /** SPS and PPS in the stream's description instead of before each keyframe: FLV and MP4 want them so. */
  readonly globalHeader?: boolean
  readonly options: Readonly<Record<string, string | number>>
}

/** Pictures (yuv420p) to Annex B access units with SPS and PPS before each IDR picture. DTS equals PTS. */
export class H264Encoder implements Disposable {
  readonly #context = new CodecContext()
  readonly #packet = new Packet()

  /** @throws {AvError} when x264 does not take the settings. */
  constructor(config: H264EncoderConfig) {
    const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264)
    const context = this.#context
    context.allocContext3(codec)
    context.width = config.width
    context.height = config.height
    context.pixelFormat = AV_PIX_FMT_YUV420P
    context.timeBase = new Rational(config.timeBase.num, config.timeBase.den)
    // Without it x264 takes 1/timeBase for the frame rate and rate control collapses.
    context.framerate = new Rational(config.fps.num, config.fps.den)
    context.sampleAspectRatio = new Rational(1, 1)
    context.bitRate = BigInt(config.bitrateBps)
    context.gopSize = config.gopFrames
    context.maxBFrames = 0
    context.threadCount = 1
    if (config.globalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    setOptions(context, { 'forced-idr': 1, ...config.options })
    check(context.open2Sync(codec, null), 'open the H.264 encoder')
    this.#packet.alloc()
  }

  describe(parameters: CodecParameters): void {
    check(parameters.fromContext(this.#context), 'describe the H.264 stream')
  }

  /** `null` ends the stream. Each packet is valid until the next step of the iteration. */
  *encode(picture: Frame | null, keyframe = false): Generator<Packet, void, undefined> {
    if (picture) picture.pictType = keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
    check(this.#context.sendFrameSync(picture), 'encode a picture')
    while (received(this.#context.receivePacketSync(this.#packet), 'encode a picture')) {
      yield this.#packet
      this.#packet.unref()
    }
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#context.freeContext()
  }
}
