/** @module Transcodes one segment, synchronously; only ever called in a codec process. */

import { TICKS_PER_MS } from '@tessera/protocol/units'
import { AV_CODEC_ID_H264, AV_NOPTS_VALUE, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import type { Frame, Packet } from 'node-av/lib'
import { AvError } from '../av/check.ts'
import { H264Encoder } from '../av/h264-encoder.ts'
import { MediaInput } from '../av/media-input.ts'
import { MemoryOutput } from '../av/memory-output.ts'
import { PictureScaler } from '../av/picture-scaler.ts'
import { VideoDecoder } from '../av/video-decoder.ts'
import type { CodecJob, EncodedRendition } from './codec-process.ts'
import { planTranscode, type RenditionPlan, type TranscodePlan } from './plan.ts'
import { TranscodeError, type TranscodeInput, type TranscodeLimits } from './transcoder.ts'

/** @throws {TranscodeError} */
export function transcodeSegment(input: CodecJob): readonly EncodedRendition[] {
  const { limits } = input
  requireWithin('bytes', input.bytes.length, limits.maxBytes)
  requireProfiles(input, limits)
  using resources = new DisposableStack()
  const media = resources.use(openSegment(input.bytes))
  const { video, audio } = readPackets(media, limits, resources)
  const facts = inspect(media, video, input.durationMs, limits)
  const plan = planTranscode(facts, input.profiles)
  const decoder = resources.use(new VideoDecoder(media.video!.codecpar, limits.maxPixelsPerFrame))
  const scale = makeScaling(plan, resources)
  const outputs = plan.renditions.map((rendition) =>
    resources.use(new RenditionEncoder(rendition, media, audio)),
  )
  let decoded = 0
  let lastPts = Number.NEGATIVE_INFINITY
  for (const packet of [...video, null]) {
    for (const picture of decoder.decode(packet)) {
      const pts = Number(picture.pts === AV_NOPTS_VALUE ? picture.bestEffortTimestamp : picture.pts)
      // Two pictures at one time cannot both be shown.
      if (pts <= lastPts) continue
      lastPts = pts
      decoded++
      requireWithin('pixels per frame', picture.width * picture.height, limits.maxPixelsPerFrame)
      const scaled = scale(picture)
      for (const output of outputs) output.encode(scaled[output.plan.step]!, pts)
    }
  }
  if (decoded === 0) {
    throw new TranscodeError('TRANSCODE_INVALID_INPUT', 'No picture of the segment decodes.', {
      packets: video.length,
    })
  }
  return outputs.map((output) => output.finish())
}

function requireWithin(what: string, value: number, limit: number): void {
  if (value <= limit) return
  throw new TranscodeError('TRANSCODE_LIMIT', `The segment has too many ${what}.`, { value, limit })
}

function requireProfiles({ profiles, bytes }: TranscodeInput, limits: TranscodeLimits): void {
  if (bytes.length === 0) throw new TranscodeError('TRANSCODE_EMPTY', 'The segment is empty.')
  if (profiles.length === 0)
    throw new TranscodeError('TRANSCODE_UNSUPPORTED_PROFILE', 'No profile was asked for.')
  if (profiles.length > limits.maxProfiles) {
    throw new TranscodeError('TRANSCODE_TOO_MANY_OUTPUTS', 'Too many renditions were asked for.', {
      profiles: profiles.length,
      limit: limits.maxProfiles,
    })
  }
}

function openSegment(bytes: Uint8Array): MediaInput {
  try {
    return MediaInput.openMemory(bytes, 'mpegts')
  } catch (error) {
    if (!(error instanceof AvError)) throw error
    throw new TranscodeError('TRANSCODE_INVALID_INPUT', 'The segment is not MPEG-TS.', {}, error)
  }
}

type Packets = { readonly video: readonly Packet[]; readonly audio: readonly Packet[] }

/** All packets are read before the codec starts, so that limits hold before the costly part. */
function readPackets(media: MediaInput, limits: TranscodeLimits, resources: DisposableStack): Packets {
  const video: Packet[] = []
  const audio: Packet[] = []
  for (const packet of media.packets()) {
    resources.adopt(packet, () => packet.free())
    const isVideo = packet.streamIndex === media.video?.index
    if (packet.pts === AV_NOPTS_VALUE || packet.dts === AV_NOPTS_VALUE) {
      if (!isVideo) continue
      throw new TranscodeError('TRANSCODE_INVALID_INPUT', 'A picture of the segment has no time.')
    }
    ;(isVideo ? video : audio).push(packet)
    requireWithin('frames', video.length, limits.maxFrames)
    // Audio frames are about twice as frequent as pictures; far more is an attack.
    requireWithin('audio frames', audio.length, limits.maxFrames * 4)
  }
  return { video, audio }
}

function inspect(media: MediaInput, video: readonly Packet[], durationMs: number, limits: TranscodeLimits) {
  const parameters = media.video?.codecpar
  if (!parameters || video.length === 0) {
    throw new TranscodeError('TRANSCODE_INVALID_INPUT', 'The segment has no video.')
  }
  if (parameters.codecId !== AV_CODEC_ID_H264) {
    throw new TranscodeError('TRANSCODE_UNSUPPORTED_CODEC', 'The video of the segment is not H.264.', {
      codecId: parameters.codecId,
    })
  }
  if (!video[0]!.isKeyframe) {
    throw new TranscodeError('TRANSCODE_NO_KEYFRAME', 'The segment does not start with a keyframe.')
  }
  const { width, height, sampleAspectRatio } = parameters
  if (width < 1 || height < 1) {
    throw new TranscodeError('TRANSCODE_INVALID_INPUT', 'The segment does not tell the size of its video.')
  }
  requireWithin('pixels per frame', width * height, limits.maxPixelsPerFrame)
  const pts = video.map((packet) => Number(packet.pts)).sort((a, b) => a - b)
  const spanMs = (pts.at(-1)! - pts[0]!) / TICKS_PER_MS
  requireWithin('milliseconds', spanMs, limits.maxDurationMs)
  if (durationMs > 0) requireWithin('milliseconds', spanMs, 2 * durationMs + DURATION_SLACK_MS)
  return { width, height, sampleAspectRatio, pts, durationMs }
}

/** Senders round, and some count from the first picture to the last. */
const DURATION_SLACK_MS = 1000

/** Pictures by step. Each is valid until the next call. */
function makeScaling(plan: TranscodePlan, resources: DisposableStack): (picture: Frame) => readonly Frame[] {
  const scalers = plan.steps.map(({ width, height }) =>
    resources.use(new PictureScaler({ width, height, format: AV_PIX_FMT_YUV420P })),
  )
  return (picture) => {
    const results: Frame[] = []
    plan.steps.forEach((step, index) => {
      const from = step.from === 'source' ? picture : results[step.from]!
      const fits =
        from.width === step.width && from.height === step.height && from.format === AV_PIX_FMT_YUV420P
      results.push(fits ? from : scalers[index]!.scale(from))
    })
    return results
  }
}

/** One output: encoder, muxer and the audio that is copied beside the pictures. */
class RenditionEncoder implements Disposable {
  readonly plan: RenditionPlan
  readonly #encoder: H264Encoder
  readonly #output = new MemoryOutput()
  readonly #videoIndex: number
  readonly #audioIndex: number | undefined
  readonly #audioTimeBase: { readonly num: number; readonly den: number }
  readonly #audio: Packet[]
  #frames = 0
  #nextKeyframe = Number.NEGATIVE_INFINITY

  constructor(plan: RenditionPlan, media: MediaInput, audio: readonly Packet[]) {
    this.plan = plan
    this.#encoder = new H264Encoder(plan.encoder)
    this.#videoIndex = this.#output.addStream((stream) => this.#encoder.describe(stream.codecpar))
    const source = media.audio
    this.#audioIndex =
      source && this.#output.addStream((stream) => void source.codecpar.copy(stream.codecpar))
    this.#audioTimeBase = source?.timeBase ?? plan.encoder.timeBase
    this.#audio = [...audio]
    this.#output.begin()
  }

  encode(picture: Frame, pts: number): void {
    for (const time of this.plan.schedule.get(pts) ?? []) {
      const isKeyframe = time >= this.#nextKeyframe
      if (isKeyframe) this.#nextKeyframe = time + (this.plan.gopTicks ?? Number.POSITIVE_INFINITY)
      picture.pts = BigInt(time)
      for (const packet of this.#encoder.encode(picture, isKeyframe)) this.#writeVideo(packet)
    }
  }

  finish(): EncodedRendition {
    for (const packet of this.#encoder.encode(null)) this.#writeVideo(packet)
    this.#writeAudioUntil(Number.POSITIVE_INFINITY)
    const { name, width, height } = this.plan
    return { name, width, height, frames: this.#frames, bytes: this.#output.finish() }
  }

  #writeVideo(packet: Packet): void {
    this.#frames++
    this.#writeAudioUntil(Number(packet.dts))
    this.#output.write(packet, this.#videoIndex, this.plan.encoder.timeBase)
  }

  #writeAudioUntil(dts: number): void {
    while (this.#audioIndex !== undefined && this.#audio[0] && Number(this.#audio[0].dts) <= dts) {
      const copy = this.#audio.shift()!.clone()
      if (copy) {
        this.#output.write(copy, this.#audioIndex, this.#audioTimeBase)
        copy.free()
      }
    }
  }

  [Symbol.dispose](): void {
    this.#encoder[Symbol.dispose]()
    this.#output[Symbol.dispose]()
  }
}
