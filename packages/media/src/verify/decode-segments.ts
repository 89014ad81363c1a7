/** @module Decodes segments for real, synchronously; only ever called in a codec process. */

import { TICKS_PER_SECOND, type Ticks90k, ticks90k } from '@tessera/protocol/units'
import { MalformedError } from '@tessera/runtime/errors'
import { AV_NOPTS_VALUE, AV_PIX_FMT_GRAY8 } from 'node-av/constants'
import type { Frame, Stream } from 'node-av/lib'
import { AudioDecoder } from '../av/audio-decoder.ts'
import { MediaInput } from '../av/media-input.ts'
import { PictureScaler } from '../av/picture-scaler.ts'
import { VideoDecoder } from '../av/video-decoder.ts'
import { readCounter } from '../source/counter.ts'
import type { DecodedFrame, DecodedSegment } from './decoded-media.ts'

const MAX_PIXELS = 4096 * 2304

/** @throws {MalformedError} for a segment without a picture that decodes. @throws {AvError} when it is no MPEG-TS. */
export function decodeSegments(segments: readonly Uint8Array[]): readonly DecodedSegment[] {
  return segments.map(decodeSegment)
}

function decodeSegment(bytes: Uint8Array, index: number): DecodedSegment {
  using input = MediaInput.openMemory(bytes, 'mpegts')
  if (!input.video) throw new MalformedError('segment without video', { segment: index })
  using pictures = new PictureReader(input.video)
  using sound = input.audio && new SoundCounter(input.audio)
  for (const packet of input.packets()) {
    if (packet.streamIndex === input.video.index) pictures.read(packet)
    else sound?.read(packet)
    packet.free()
  }
  pictures.read(null)
  sound?.read(null)
  const { width, height, frames } = pictures
  if (frames.length === 0) throw new MalformedError('segment: no picture decodes', { segment: index })
  const audio = sound?.result
  return { width, height, frames, ...(audio && { audio }) }
}

class PictureReader implements Disposable {
  readonly frames: DecodedFrame[] = []
  width = 0
  height = 0
  readonly #decoder: VideoDecoder
  readonly #stream: Stream
  #gray: PictureScaler | undefined

  constructor(stream: Stream) {
    this.#stream = stream
    this.#decoder = new VideoDecoder(stream.codecpar, MAX_PIXELS)
  }

  read(packet: Parameters<VideoDecoder['decode']>[0]): void {
    for (const picture of this.#decoder.decode(packet)) {
      const counter = this.#counterOf(picture)
      const pts = toTicks(picture.pts, this.#stream)
      this.frames.push({ pts, isKeyframe: picture.keyFrame === 1, ...(counter !== undefined && { counter }) })
    }
  }

  #counterOf(picture: Frame): number | undefined {
    const { width, height } = picture
    if (!this.#gray || width !== this.width || height !== this.height) {
      this.#gray?.[Symbol.dispose]()
      this.#gray = new PictureScaler({ width, height, format: AV_PIX_FMT_GRAY8 })
      this.width = width
      this.height = height
    }
    const luma = this.#gray.scale(picture).toBuffer()
    return readCounter({ width, height }, (x, y) => luma[y * width + x] ?? 0)
  }

  [Symbol.dispose](): void {
    this.#gray?.[Symbol.dispose]()
    this.#decoder[Symbol.dispose]()
  }
}

class SoundCounter implements Disposable {
  readonly #decoder: AudioDecoder
  readonly #stream: Stream
  #frames = 0
  #samples = 0
  #sampleRate = 0
  #firstPts: Ticks90k | undefined

  constructor(stream: Stream) {
    this.#stream = stream
    this.#decoder = new AudioDecoder(stream.codecpar)
  }

  read(packet: Parameters<AudioDecoder['decode']>[0]): void {
    for (const frame of this.#decoder.decode(packet)) {
      this.#frames++
      this.#samples += frame.nbSamples
      this.#sampleRate = frame.sampleRate
      this.#firstPts ??= toTicks(frame.pts, this.#stream)
    }
  }

  get result(): DecodedSegment['audio'] {
    if (this.#firstPts === undefined) return undefined
    return {
      frames: this.#frames,
      samples: this.#samples,
      sampleRate: this.#sampleRate,
      firstPts: this.#firstPts,
    }
  }

  [Symbol.dispose](): void {
    this.#decoder[Symbol.dispose]()
  }
}

function toTicks(pts: bigint, { timeBase }: Stream): Ticks90k {
  if (pts === AV_NOPTS_VALUE) throw new MalformedError('segment: a frame without a time')
  return ticks90k(Math.round((Number(pts) * timeBase.num * TICKS_PER_SECOND) / timeBase.den))
}
