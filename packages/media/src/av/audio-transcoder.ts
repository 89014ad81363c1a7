/** @module Any audio to AAC: decoded, resampled to 48 kHz stereo, encoded. */
import { AV_CHANNEL_LAYOUT_STEREO, AV_NOPTS_VALUE, AV_SAMPLE_FMT_FLTP } from 'node-av/constants'
import { AudioFifo, Frame, type Packet, SoftwareResampleContext, type Stream } from 'node-av/lib'
import { AAC_FRAME_SAMPLES } from '../codec/aac.ts'
import { AAC_SAMPLE_RATE, AacEncoder } from './aac-encoder.ts'
import { AudioDecoder } from './audio-decoder.ts'
import { check } from './check.ts'

export class AudioTranscoder implements Disposable {
  readonly #decoder: AudioDecoder
  readonly #resampler = new SoftwareResampleContext()
  readonly #waiting = new AudioFifo()
  readonly #sourceTimeBase: { readonly num: number; readonly den: number }
  readonly encoder: AacEncoder
  /** Time of the first sample that waits, in samples; unknown before the first packet. */
  #nextSample: number | undefined

  /** @throws {AvError} when there is no decoder for the stream. */
  constructor(stream: Stream, bitrateBps: number) {
    this.#decoder = new AudioDecoder(stream.codecpar)
    this.#sourceTimeBase = stream.timeBase
    this.#waiting.alloc(AV_SAMPLE_FMT_FLTP, 2, AAC_SAMPLE_RATE)
    this.encoder = new AacEncoder(bitrateBps)
  }

  /** `null` ends the stream. Packets carry times in samples; each is valid until the next step. */
  *transcode(packet: Packet | null): Generator<Packet, void, undefined> {
    for (const frame of this.#decoder.decode(packet)) {
      this.#resample(frame)
      yield* this.#encodeWaiting()
    }
    if (packet === null) yield* this.encoder.encode(null)
  }

  #resample(frame: Frame): void {
    if (!this.#resampler.isInitialized()) this.#openResampler(frame)
    if (this.#nextSample === undefined) {
      const { num, den } = this.#sourceTimeBase
      const pts = frame.pts === AV_NOPTS_VALUE ? 0n : frame.pts
      this.#nextSample = Math.round((Number(pts) * num * AAC_SAMPLE_RATE) / den)
    }
    using output = new Frame()
    output.alloc()
    output.format = AV_SAMPLE_FMT_FLTP
    output.sampleRate = AAC_SAMPLE_RATE
    output.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    check(this.#resampler.convertFrame(output, frame), 'resample audio')
    const planes = output.data
    if (planes && output.nbSamples > 0) check(this.#waiting.writeSync(planes, output.nbSamples), 'keep audio')
  }

  #openResampler(frame: Frame): void {
    const { channelLayout, sampleRate, format } = frame
    const to = [AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLTP, AAC_SAMPLE_RATE] as const
    // The format of an audio frame is a sample format.
    const from = [channelLayout, format as typeof AV_SAMPLE_FMT_FLTP, sampleRate] as const
    check(this.#resampler.allocSetOpts2(...to, ...from), 'set up the resampler')
    check(this.#resampler.init(), 'set up the resampler')
  }

  *#encodeWaiting(): Generator<Packet, void, undefined> {
    while (this.#waiting.size >= AAC_FRAME_SAMPLES && this.#nextSample !== undefined) {
      const bytes = AAC_FRAME_SAMPLES * Float32Array.BYTES_PER_ELEMENT
      const planes = [Buffer.alloc(bytes), Buffer.alloc(bytes)]
      check(this.#waiting.readSync(planes, AAC_FRAME_SAMPLES), 'take audio')
      yield* this.encoder.encodePlanes(planes, this.#nextSample)
      this.#nextSample += AAC_FRAME_SAMPLES
    }
  }

  [Symbol.dispose](): void {
    this.encoder[Symbol.dispose]()
    this.#waiting.free()
    this.#resampler.free()
    this.#decoder[Symbol.dispose]()
  }
}
