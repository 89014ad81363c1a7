/** @module Transport stream in, processed transport stream out: the work of the child process. */
import { setImmediate as afterPendingEvents } from 'node:timers/promises'
import { FrameDecoder } from '@tessera/media/frames/decoder'
import { FrameEncoder } from '@tessera/media/frames/encoder'
import type { AudioPacket, EncodedChunk, Picture } from '@tessera/media/frames/picture'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { FrameProcessor } from '../backends/backend.ts'
import type { PipelineParams } from '../pipeline.ts'
import { FrameLoop, type WaitingVideo } from './frame-loop.ts'
import type { FromChild } from './messages.ts'
import { encodingOf, type OutputFormat } from './output-format.ts'
import { SegmentProbe } from './segment-probe.ts'

/** Bytes decoded at a time: about one picture, so that little is decoded beyond what the loop asks for. */
const PIECE_BYTES = 188 * 40
const TIMESTAMP_MODULUS = 2 ** 33
/** A stream shows its first keyframe within so many bytes: ten seconds at 6 Mb/s. */
const MAX_BYTES_BEFORE_VIDEO = 8 << 20

class NoVideoError extends BaseError {
  constructor() {
    super({
      code: 'AI_NO_VIDEO',
      message: 'The input has no H.264 keyframe with its parameters.',
      advice: 'Send MPEG-TS segments that start with a keyframe.',
      facts: { bytes: MAX_BYTES_BEFORE_VIDEO },
    })
  }
}

type Input = { readonly bytes: Uint8Array; readonly startsSegment: boolean; readonly arrivedMs: number }

export type FramePumpDeps = {
  readonly clock: Clock
  readonly processor: FrameProcessor
  send(message: FromChild): void
}

export class FramePump {
  readonly #deps: FramePumpDeps
  readonly #maxPixels: number
  readonly #loop = new FrameLoop<Picture, AudioPacket>()
  readonly #inputs: Input[] = []
  #params: PipelineParams
  #hasEnded = false
  #wake: () => void = () => undefined

  #probe: SegmentProbe | undefined
  /** Time of the picture that starts the current input segment, until that picture is offered. */
  #cutPts: number | undefined
  #decoder: FrameDecoder | undefined
  #encoder: FrameEncoder | undefined
  #format: OutputFormat | undefined
  #hasAudio = false
  #framesOut = 0
  #lastPts = Number.NEGATIVE_INFINITY
  /** Bytes of the first segment before its first picture is known, and with it the size to decode to. */
  readonly #undecoded: Uint8Array[] = []
  #undecodedBytes = 0

  constructor(config: { readonly params: PipelineParams; readonly maxPixels: number }, deps: FramePumpDeps) {
    this.#params = config.params
    this.#maxPixels = config.maxPixels
    this.#deps = deps
  }

  input(bytes: Uint8Array, startsSegment: boolean): void {
    const arrivedMs = this.#deps.clock.monotonicMs()
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES)
      this.#inputs.push({ bytes: piece, startsSegment: startsSegment && at === 0, arrivedMs })
    }
    this.#wake()
  }

  update(params: PipelineParams): void {
    this.#params = params
  }

  end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  /** Runs until `end` and all that was waiting is done. @throws {BaseError} when the stream cannot be decoded. */
  async run(): Promise<void> {
    let isFlushed = false
    while (true) {
      this.#decodeAhead()
      const unit = this.#loop.take(this.#deps.clock.monotonicMs())
      if (unit?.kind === 'video') await this.#process(unit)
      else if (unit?.kind === 'audio') this.#audio(unit.packet)
      else if (!this.#hasEnded) await this.#moreInput()
      else if (isFlushed) break
      else {
        isFlushed = true
        this.#offer(this.#decoder?.flush() ?? [], this.#deps.clock.monotonicMs())
      }
    }
    this.#emit(this.#encoder?.flush() ?? [])
    this.#encoder?.[Symbol.dispose]()
    this.#decoder?.[Symbol.dispose]()
  }

  #moreInput(): Promise<void> {
    if (this.#inputs.length > 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #decodeAhead(): void {
    while (this.#loop.wantsMore) {
      const input = this.#inputs.shift()
      if (!input) return
      this.#look(input)
      this.#decode(input)
      this.#deps.send({ kind: 'consumed', bytes: input.bytes.length })
    }
  }

  /** Follows the first picture of each segment: it becomes a keyframe of the output. */
  #look({ bytes, startsSegment }: Input): void {
    if (startsSegment || (!this.#format && !this.#probe)) this.#probe = new SegmentProbe()
    const first = this.#probe?.push(bytes)
    this.#hasAudio ||= this.#probe?.hasAudio ?? false
    if (!first) return
    this.#probe = undefined
    this.#cutPts = first.pts
    if (!this.#format && first.sps) this.#format = encodingOf(first.sps, this.#maxPixels)
  }

  #decode({ bytes, arrivedMs }: Input): void {
    if (!this.#format) {
      this.#undecoded.push(bytes)
      this.#undecodedBytes += bytes.length
      if (this.#undecodedBytes > MAX_BYTES_BEFORE_VIDEO) throw new NoVideoError()
      return
    }
    this.#decoder ??= new FrameDecoder({ ...this.#format.size, format: 'rgb24' })
    for (const earlier of this.#undecoded.splice(0)) this.#offer(this.#decoder.push(earlier), arrivedMs)
    this.#offer(this.#decoder.push(bytes), arrivedMs)
  }

  #offer(units: ReturnType<FrameDecoder['push']>, arrivedMs: number): void {
    for (const unit of units) {
      if (unit.kind === 'audio') {
        this.#hasAudio = true
        this.#loop.offer(unit)
        continue
      }
      const { picture } = unit
      const startsSegment = this.#cutPts === modulo(picture.pts)
      if (startsSegment) this.#cutPts = undefined
      this.#loop.offer({ kind: 'video', picture, pts: picture.pts, arrivedMs, startsSegment })
    }
  }

  async #process({ picture, arrivedMs, startsSegment }: WaitingVideo<Picture>): Promise<void> {
    const { clock, processor, send } = this.#deps
    // The encoder takes rising times only; a source whose clock jumped back starts a new output stream.
    const isFresh = startsSegment && (this.#needsAudioTrack() || picture.pts <= this.#lastPts)
    if (picture.pts <= this.#lastPts && !isFresh) return
    const begunMs = clock.monotonicMs()
    const { data } = await processor.process(picture, this.#params)
    const modelMs = clock.monotonicMs() - begunMs
    const encoder = this.#encoderFor(picture, isFresh)
    this.#emit(encoder.encode({ ...picture, data }, { keyframe: startsSegment || this.#framesOut === 0 }))
    this.#lastPts = picture.pts
    this.#framesOut++
    const { pts, width, height } = picture
    const { framesIn, framesDropped } = this.#loop
    const counts = { framesIn, framesDropped, framesOut: this.#framesOut }
    const latencyMs = clock.monotonicMs() - arrivedMs
    send({ kind: 'frame', report: { pts, width, height, latencyMs, modelMs, ...counts } })
    await afterPendingEvents()
  }

  /** Tables can only change where a segment starts; audio that came later than that waits for the next one. */
  #needsAudioTrack(): boolean {
    return this.#hasAudio && this.#format?.audio === false
  }

  #encoderFor({ width, height }: Picture, isFresh: boolean): FrameEncoder {
    if (isFresh) {
      this.#encoder?.[Symbol.dispose]()
      this.#encoder = undefined
    }
    if (this.#encoder) return this.#encoder
    const { fps = 30, bitrateBps = 1_500_000 } = this.#format ?? {}
    if (this.#format) this.#format = { ...this.#format, audio: this.#hasAudio }
    this.#encoder = new FrameEncoder({
      width,
      height,
      format: 'rgb24',
      fps,
      bitrateBps,
      audio: this.#hasAudio,
    })
    return this.#encoder
  }

  #audio(packet: AudioPacket): void {
    if (this.#encoder && this.#format?.audio) this.#emit(this.#encoder.audio(packet))
  }

  #emit(chunks: readonly EncodedChunk[]): void {
    for (const piece of chunks) this.#deps.send({ kind: 'output', piece })
  }
}

const modulo = (ticks: number): number =>
  ((ticks % TIMESTAMP_MODULUS) + TIMESTAMP_MODULUS) % TIMESTAMP_MODULUS
