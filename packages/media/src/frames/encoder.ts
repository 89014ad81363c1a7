/** @module Pictures to MPEG-TS as they come, for pipelines that work frame by frame. Runs inside a child process. */

import { TICKS_PER_SECOND, ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { AV_PIX_FMT_RGB24, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { check } from '../av/check.ts'
import { H264Encoder } from '../av/h264-encoder.ts'
import { PictureScaler } from '../av/picture-scaler.ts'
import { MpegTsMuxer } from '../container/mpegts-muxer.ts'
import type { AudioPacket, EncodedChunk, FrameEncoderConfig, Picture, PictureEncoder } from './picture.ts'

const BYTES_PER_PIXEL = { rgb24: 3, i420: 1.5 } as const

/** A keyframe at the latest after so many seconds, whoever forgets to ask. */
const MAX_KEYFRAME_SECONDS = 10

/** @see PictureEncoder */
export class FrameEncoder implements PictureEncoder {
  readonly #config: FrameEncoderConfig
  readonly #encoder: H264Encoder
  readonly #muxer: MpegTsMuxer
  readonly #input = new Frame()
  readonly #scaler: PictureScaler

  /** @throws {AvError} when x264 does not take the size or rate. */
  constructor(config: FrameEncoderConfig) {
    this.#config = config
    const { width, height, bitrateBps, fps } = config
    this.#encoder = new H264Encoder({
      width,
      height,
      bitrateBps,
      fps: { num: Math.round(fps * 1000), den: 1000 },
      timeBase: { num: 1, den: TICKS_PER_SECOND },
      gopFrames: Math.ceil(fps * MAX_KEYFRAME_SECONDS),
      // Without look-ahead each picture comes out of the call that put it in.
      options: { preset: 'ultrafast', tune: 'zerolatency', maxrate: bitrateBps, bufsize: bitrateBps, aud: 1 },
    })
    this.#muxer = new MpegTsMuxer({ audio: config.audio })
    this.#input.alloc()
    this.#input.width = width
    this.#input.height = height
    this.#input.format = config.format === 'rgb24' ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_YUV420P
    check(this.#input.getBuffer(), 'allocate a picture')
    this.#scaler = new PictureScaler({ width, height, format: AV_PIX_FMT_YUV420P })
  }

  /** @throws {MalformedError} when the picture is not of the configured size. */
  encode(picture: Picture, options: { readonly keyframe?: boolean } = {}): readonly EncodedChunk[] {
    const { width, height, format } = this.#config
    const expected = width * height * BYTES_PER_PIXEL[format]
    if (picture.width !== width || picture.height !== height || picture.data.length !== expected) {
      throw new MalformedError('picture', { width: picture.width, height: picture.height, expected })
    }
    check(this.#input.makeWritable(), 'make a picture writable')
    const { data } = picture
    check(
      this.#input.fromBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
      'fill a picture',
    )
    this.#input.pts = BigInt(picture.pts)
    const source = format === 'i420' ? this.#input : this.#scaler.scale(this.#input)
    return this.#encode(source, options.keyframe ?? false)
  }

  audio(packet: AudioPacket): readonly EncodedChunk[] {
    const bytes = this.#muxer.write({ kind: 'audio', ...packet })
    return [{ bytes, isCutPoint: false, pts: packet.pts }]
  }

  flush(): readonly EncodedChunk[] {
    return this.#encode(null, false)
  }

  [Symbol.dispose](): void {
    this.#encoder[Symbol.dispose]()
    this.#scaler[Symbol.dispose]()
    this.#input.free()
  }

  #encode(picture: Frame | null, keyframe: boolean): EncodedChunk[] {
    const chunks: EncodedChunk[] = []
    for (const packet of this.#encoder.encode(picture, keyframe)) {
      const { isKeyframe } = packet
      const pts = ticks90k(Number(packet.pts))
      const dts = ticks90k(Number(packet.dts))
      const data = Uint8Array.from(packet.data ?? [])
      const bytes = this.#muxer.write({ kind: 'video', pts, dts, isKeyframe, data })
      chunks.push({
        bytes: isKeyframe ? concatBytes(this.#muxer.start(), bytes) : bytes,
        isCutPoint: isKeyframe,
        pts,
      })
    }
    return chunks
  }
}
