/** @module The generated scene and tone, encoded picture by picture as they are asked for. */
import {
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { AAC_SAMPLE_RATE, AacEncoder } from '../av/aac-encoder.ts'
import { check } from '../av/check.ts'
import { H264Encoder } from '../av/h264-encoder.ts'
import { AAC_FRAME_SAMPLES } from '../codec/aac.ts'
import { Scene } from './scene.ts'
import type { PacketSource, TimedPacket, Track } from './timed-packets.ts'
import { toneSamples } from './tone.ts'

export type GeneratedConfig = {
  readonly seconds: number
  /** Even. */
  readonly width: number
  readonly height: number
  /** A whole number. */
  readonly fps: number
}

const VIDEO_BITRATE_BPS = 2_500_000
const AUDIO_BITRATE_BPS = 128_000
const GOP_SECONDS = 2

/** Exactly seconds × fps pictures; keyframes exactly 2 s apart; AAC at 48 kHz. */
export class GeneratedSource implements PacketSource {
  readonly #config: GeneratedConfig
  readonly #scene: Scene
  readonly #frame = new Frame()
  readonly #videoEncoder: H264Encoder
  readonly #audioEncoder = new AacEncoder(AUDIO_BITRATE_BPS)
  readonly video: Track
  readonly audio: Track

  constructor(config: GeneratedConfig) {
    const { width, height, fps } = config
    this.#config = config
    this.#scene = new Scene(config)
    const timeBase = { num: 1, den: fps }
    this.#videoEncoder = new H264Encoder({
      width,
      height,
      bitrateBps: VIDEO_BITRATE_BPS,
      fps: { num: fps, den: 1 },
      timeBase,
      gopFrames: fps * GOP_SECONDS,
      globalHeader: true,
      options: {
        preset: 'ultrafast',
        // No look-ahead: a live encoder delivers each picture when it is due.
        tune: 'zerolatency',
        maxrate: VIDEO_BITRATE_BPS,
        bufsize: VIDEO_BITRATE_BPS,
        sc_threshold: 0,
      },
    })
    const frame = this.#frame
    frame.alloc()
    frame.width = width
    frame.height = height
    frame.format = AV_PIX_FMT_YUV420P
    frame.colorRange = AVCOL_RANGE_MPEG
    frame.colorSpace = AVCOL_SPC_BT709
    frame.colorPrimaries = AVCOL_PRI_BT709
    frame.colorTrc = AVCOL_TRC_BT709
    check(frame.getBuffer(), 'allocate a picture')
    this.video = { timeBase, describe: (parameters) => this.#videoEncoder.describe(parameters) }
    const describe: Track['describe'] = (parameters) => this.#audioEncoder.describe(parameters)
    this.audio = { timeBase: { num: 1, den: AAC_SAMPLE_RATE }, describe }
  }

  *packets(): Generator<TimedPacket, void, undefined> {
    const { seconds, fps } = this.#config
    const frames = Math.round(seconds * fps)
    let audioSample = 0
    for (let index = 0; index < frames; index++) {
      yield* this.#picture(index)
      const until = ((index + 1) * AAC_SAMPLE_RATE) / fps
      for (; audioSample + AAC_FRAME_SAMPLES <= until; audioSample += AAC_FRAME_SAMPLES) {
        const samples = toneSamples(audioSample, AAC_FRAME_SAMPLES, AAC_SAMPLE_RATE)
        const channel = new Uint8Array(samples.buffer)
        yield* this.#sound(this.#audioEncoder.encodePlanes([channel, channel], audioSample))
      }
    }
    for (const packet of this.#videoEncoder.encode(null)) yield this.#video(packet)
    yield* this.#sound(this.#audioEncoder.encode(null))
  }

  [Symbol.dispose](): void {
    this.#audioEncoder[Symbol.dispose]()
    this.#videoEncoder[Symbol.dispose]()
    this.#frame.free()
  }

  *#picture(index: number): Generator<TimedPacket, void, undefined> {
    const picture = this.#scene.render(index)
    check(this.#frame.makeWritable(), 'make a picture writable')
    check(
      this.#frame.fromBuffer(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)),
      'fill a picture',
    )
    this.#frame.pts = BigInt(index)
    const isKeyframe = index % (this.#config.fps * GOP_SECONDS) === 0
    for (const packet of this.#videoEncoder.encode(this.#frame, isKeyframe)) yield this.#video(packet)
  }

  #video(packet: TimedPacket['packet']): TimedPacket {
    return { kind: 'video', dueSeconds: Number(packet.pts) / this.#config.fps, packet }
  }

  /** The encoder's first packet lies before time 0 (it primes the decoder); FLV has no negative times. */
  *#sound(packets: Iterable<TimedPacket['packet']>): Generator<TimedPacket, void, undefined> {
    for (const packet of packets) {
      if (packet.pts < 0n) continue
      yield { kind: 'audio', dueSeconds: Number(packet.pts) / AAC_SAMPLE_RATE, packet }
    }
  }
}
