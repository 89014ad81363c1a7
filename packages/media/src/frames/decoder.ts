/** @module MPEG-TS bytes to pictures, for pipelines that work frame by frame. Runs inside a child process. */

import { ticks90k } from '@tessera/protocol/units'
import {
  AV_CODEC_ID_H264,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AVMEDIA_TYPE_VIDEO,
  SWS_BILINEAR,
} from 'node-av/constants'
import { CodecParameters, type Frame, Packet } from 'node-av/lib'
import { PictureScaler } from '../av/picture-scaler.ts'
import { VideoDecoder } from '../av/video-decoder.ts'
import { AAC_FRAME_SAMPLES, readAdtsHeader } from '../codec/aac.ts'
import type { DecodedUnit, FrameDecoderConfig, PictureDecoder } from './picture.ts'
import { type ElementaryUnit, TsStreamReader } from './ts-stream-reader.ts'

const PIXEL_FORMATS = { rgb24: AV_PIX_FMT_RGB24, i420: AV_PIX_FMT_YUV420P } as const

/** Largest source picture, 4096 × 2304. */
const MAX_SOURCE_PIXELS = 4096 * 2304

/** 33-bit timestamps wrap after 26.5 hours; what comes out goes on rising. */
const TIMESTAMP_MODULUS = 2 ** 33

/** @see PictureDecoder */
export class FrameDecoder implements PictureDecoder {
  readonly #config: FrameDecoderConfig
  readonly #reader = new TsStreamReader()
  readonly #decoder: VideoDecoder
  readonly #scaler: PictureScaler
  readonly #packet = new Packet()
  #reference: number | undefined

  constructor(config: FrameDecoderConfig) {
    this.#config = config
    using parameters = new CodecParameters()
    parameters.alloc()
    parameters.codecType = AVMEDIA_TYPE_VIDEO
    parameters.codecId = AV_CODEC_ID_H264
    this.#decoder = new VideoDecoder(parameters, MAX_SOURCE_PIXELS)
    const { width, height } = config
    this.#scaler = new PictureScaler({ width, height, format: PIXEL_FORMATS[config.format] }, SWS_BILINEAR)
    this.#packet.alloc()
  }

  push(bytes: Uint8Array): readonly DecodedUnit[] {
    return this.#reader.push(bytes).flatMap((unit) => this.#decode(unit))
  }

  flush(): readonly DecodedUnit[] {
    const rest = this.#reader.flush().flatMap((unit) => this.#decode(unit))
    return [...rest, ...this.#pictures(null)]
  }

  [Symbol.dispose](): void {
    this.#packet.free()
    this.#scaler[Symbol.dispose]()
    this.#decoder[Symbol.dispose]()
  }

  #decode(unit: ElementaryUnit): DecodedUnit[] {
    return unit.kind === 'video' ? this.#pictures(unit) : this.#audio(unit)
  }

  #pictures(unit: ElementaryUnit | null): DecodedUnit[] {
    if (unit) {
      this.#packet.data = Buffer.from(unit.data)
      this.#packet.pts = BigInt(this.#unwrap(unit.pts))
      this.#packet.dts = BigInt(this.#unwrap(unit.dts))
    }
    const decoded: DecodedUnit[] = []
    for (const frame of this.#decoder.decode(unit && this.#packet)) decoded.push(this.#picture(frame))
    this.#packet.unref()
    return decoded
  }

  #picture(frame: Frame): DecodedUnit {
    const { width, height, format } = this.#config
    const data = this.#scaler.scale(frame).toBuffer()
    const pts = ticks90k(Number(frame.pts))
    return { kind: 'video', picture: { pts, width, height, format, data } }
  }

  /** One PES packet may hold several AAC frames; only the first has its time written. */
  #audio(unit: ElementaryUnit): DecodedUnit[] {
    const start = this.#unwrap(unit.pts)
    const packets: DecodedUnit[] = []
    for (let offset = 0; offset < unit.data.length; ) {
      const frame = readFrame(unit.data, offset)
      if (!frame) break
      const elapsed = Math.round((packets.length * AAC_FRAME_SAMPLES * 90_000) / frame.sampleRate)
      const data = unit.data.subarray(offset, offset + frame.frameBytes)
      packets.push({ kind: 'audio', packet: { pts: ticks90k(start + elapsed), data } })
      offset += frame.frameBytes
    }
    return packets
  }

  #unwrap(ticks: number): number {
    this.#reference ??= ticks
    const half = TIMESTAMP_MODULUS / 2
    const distance =
      ((((ticks - this.#reference) % TIMESTAMP_MODULUS) + TIMESTAMP_MODULUS + half) % TIMESTAMP_MODULUS) -
      half
    this.#reference += distance
    return this.#reference
  }
}

/** Undefined for damaged audio: a live stream goes on without that frame. */
function readFrame(bytes: Uint8Array, offset: number): ReturnType<typeof readAdtsHeader> | undefined {
  try {
    return readAdtsHeader(bytes, offset)
  } catch {
    return undefined
  }
}
