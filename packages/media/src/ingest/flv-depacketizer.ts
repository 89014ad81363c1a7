/** @module FLV tags of one stream to access units, and what the stream is. */
import { TICKS_PER_MS, TICKS_PER_SECOND, ticks90k } from '@tessera/protocol/units'
import { BaseError, MalformedError } from '@tessera/runtime/errors'
import { type AacConfig, channelCount, parseAudioSpecificConfig, withAdtsHeader } from '../codec/aac.ts'
import { H264Repackager } from '../codec/h264.ts'
import { parseAudioTag, parseVideoTag } from '../container/flv.ts'
import type { AccessUnit, IngestInfo } from './ingest-stream.ts'
import { Timeline } from './timeline.ts'

/** Pictures to wait for audio that was announced, or could still come, before the stream counts as silent. */
const PICTURES_BEFORE_SILENCE = 15
/** A stream whose sound runs this long without any picture is refused. */
const MAX_SOUND_WITHOUT_PICTURE = 10 * TICKS_PER_SECOND

class NoVideoError extends BaseError {
  constructor() {
    super({
      code: 'NO_VIDEO',
      message: 'The stream has sound but no picture.',
      advice: 'Publish H.264 video with it; streams of sound alone are not accepted yet.',
    })
  }
}

/** Fed with the media messages of one publication, in order. */
export class FlvDepacketizer {
  readonly #timeline = new Timeline()
  readonly #h264 = new H264Repackager()
  #aac: AacConfig | undefined
  #announcesAudio: boolean | undefined
  #pictures = 0
  #firstSound: number | undefined

  /** From `onMetaData`: whether an audio track was announced. */
  announce(hasAudio: boolean): void {
    this.#announcesAudio = hasAudio
  }

  /** Undefined until it is certain, which is at the latest 15 pictures after the first one. */
  get info(): IngestInfo | undefined {
    const sps = this.#h264.sps
    if (!sps) return undefined
    const video = { width: sps.width, height: sps.height }
    if (this.#aac) {
      return { video, audio: { sampleRate: this.#aac.sampleRate, channels: channelCount(this.#aac) } }
    }
    const isSilent = this.#announcesAudio === false && this.#pictures > 0
    return isSilent || this.#pictures >= PICTURES_BEFORE_SILENCE ? { video } : undefined
  }

  /** @throws {MalformedError} @throws {UnsupportedCodecError} */
  video(body: Uint8Array, timestampMs: number): AccessUnit | undefined {
    const packet = parseVideoTag(body)
    if (packet.kind === 'config') this.#h264.configure(packet.data)
    if (packet.kind !== 'frame') return undefined
    if (!this.#h264.sps) throw new MalformedError('H.264 stream: a picture before its parameter sets')
    const converted = this.#h264.convert(packet.data)
    if (!converted) return undefined
    const { time: dts, discontinuity } = this.#timeline.place('video', timestampMs)
    if (packet.compositionMs < 0) {
      throw new MalformedError('H.264 stream: presented before decoded', {
        compositionMs: packet.compositionMs,
      })
    }
    this.#pictures++
    const pts = ticks90k(dts + packet.compositionMs * TICKS_PER_MS)
    const isBreak = discontinuity || converted.haveParametersChanged
    const { isKeyframe, data } = converted
    return { kind: 'video', pts, dts, isKeyframe, data, ...(isBreak && { discontinuity: true }) }
  }

  /** @throws {MalformedError} @throws {UnsupportedCodecError} @throws {UnsupportedAacError} @throws {NoVideoError} */
  audio(body: Uint8Array, timestampMs: number): AccessUnit | undefined {
    const packet = parseAudioTag(body)
    if (packet.kind === 'config') this.#aac = parseAudioSpecificConfig(packet.data)
    if (packet.kind !== 'frame') return undefined
    if (!this.#aac) throw new MalformedError('AAC stream: a frame before its configuration')
    const { time: pts, discontinuity } = this.#timeline.place('audio', timestampMs)
    this.#firstSound ??= pts
    if (!this.#h264.sps && pts - this.#firstSound > MAX_SOUND_WITHOUT_PICTURE) throw new NoVideoError()
    const data = withAdtsHeader(this.#aac, packet.data)
    return { kind: 'audio', pts, data, ...(discontinuity && { discontinuity: true }) }
  }
}
