/** @module A media file as a source: H.264, and AAC of MP4, MKV and FLV, are copied; anything else is transcoded. */
import { AV_CODEC_ID_AAC, AV_CODEC_ID_H264, AV_NOPTS_VALUE, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import type { Packet, Stream } from 'node-av/lib'
import { AAC_SAMPLE_RATE } from '../av/aac-encoder.ts'
import { AudioTranscoder } from '../av/audio-transcoder.ts'
import { AvError } from '../av/check.ts'
import { H264Encoder } from '../av/h264-encoder.ts'
import { MediaInput } from '../av/media-input.ts'
import { PictureScaler } from '../av/picture-scaler.ts'
import { VideoDecoder } from '../av/video-decoder.ts'
import { SourceError } from './source-errors.ts'
import type { PacketSource, TimedPacket, Track } from './timed-packets.ts'

const VIDEO_BITRATE_BPS = 4_000_000
const AUDIO_BITRATE_BPS = 128_000
const GOP_SECONDS = 2
const MAX_PIXELS = 4096 * 2304
const DEFAULT_FPS = { num: 25, den: 1 }

/** One stream of the file on its way out: `null` asks for what is held back. */
type Path = Track & Disposable & { send(packet: Packet | null): Iterable<Packet> }

export class FileSource implements PacketSource {
  readonly #input: MediaInput
  readonly #seconds: number
  readonly video: Path
  readonly audio: Path | undefined
  /** Time of the first packet in seconds: the stream starts at 0. */
  #origin: number | undefined

  private constructor(input: MediaInput, video: Path, audio: Path | undefined, seconds: number) {
    this.#input = input
    this.video = video
    this.audio = audio
    this.#seconds = seconds
  }

  /** @throws {SourceError} SOURCE_FILE_UNREADABLE, SOURCE_FILE_UNSUPPORTED */
  static open(path: string, seconds: number): FileSource {
    const input = openInput(path)
    try {
      if (!input.video) throw new SourceError('SOURCE_FILE_UNSUPPORTED')
      return new FileSource(input, videoPath(input.video), input.audio && audioPath(input.audio), seconds)
    } catch (error) {
      input[Symbol.dispose]()
      throw error instanceof AvError ? new SourceError('SOURCE_FILE_UNSUPPORTED', {}, error) : error
    }
  }

  *packets(): Generator<TimedPacket, void, undefined> {
    for (const packet of this.#input.packets()) {
      try {
        const kind = packet.streamIndex === this.#input.video?.index ? 'video' : 'audio'
        for (const timed of this.#timed(kind, packet)) {
          if (timed.dueSeconds >= this.#seconds) return
          yield timed
        }
      } finally {
        packet.free()
      }
    }
    yield* this.#timed('video', null)
    if (this.audio) yield* this.#timed('audio', null)
  }

  *#timed(kind: 'video' | 'audio', input: Packet | null): Generator<TimedPacket, void, undefined> {
    const path = kind === 'video' ? this.video : this.audio
    if (!path) return
    const { num, den } = path.timeBase
    for (const packet of path.send(input)) {
      if (packet.dts === AV_NOPTS_VALUE || packet.pts === AV_NOPTS_VALUE) continue
      this.#origin ??= (Number(packet.dts) * num) / den
      const origin = BigInt(Math.round((this.#origin * den) / num))
      packet.pts -= origin
      packet.dts -= origin
      // Sound from before the first picture has no place in FLV.
      if (packet.dts < 0n) continue
      yield { kind, dueSeconds: (Number(packet.dts) * num) / den, packet }
    }
  }

  [Symbol.dispose](): void {
    this.video[Symbol.dispose]()
    this.audio?.[Symbol.dispose]()
    this.#input[Symbol.dispose]()
  }
}

function openInput(path: string): MediaInput {
  try {
    return MediaInput.openFile(path)
  } catch (error) {
    const isMissing = error instanceof AvError && SYSTEM_ERRORS.has(error.averror)
    throw new SourceError(isMissing ? 'SOURCE_FILE_UNREADABLE' : 'SOURCE_FILE_UNSUPPORTED', { path }, error)
  }
}

/** ENOENT, EACCES, EISDIR, EPERM as the library returns them. */
const SYSTEM_ERRORS: ReadonlySet<number> = new Set([-2, -13, -21, -1])

const videoPath = (stream: Stream): Path =>
  stream.codecpar.codecId === AV_CODEC_ID_H264 ? copied(stream) : new VideoPath(stream)

function audioPath(stream: Stream): Path {
  // AAC with ADTS headers (MPEG-TS) brings no decoder configuration, without which FLV cannot carry it.
  const { codecId, extradataSize } = stream.codecpar
  if (codecId === AV_CODEC_ID_AAC && extradataSize > 0) return copied(stream)
  const transcoder = new AudioTranscoder(stream, AUDIO_BITRATE_BPS)
  return {
    timeBase: { num: 1, den: AAC_SAMPLE_RATE },
    describe: (parameters) => transcoder.encoder.describe(parameters),
    send: (packet) => transcoder.transcode(packet),
    [Symbol.dispose]: () => transcoder[Symbol.dispose](),
  }
}

const copied = (stream: Stream): Path => ({
  timeBase: stream.timeBase,
  describe: (parameters) => void stream.codecpar.copy(parameters),
  send: (packet) => (packet ? [packet] : []),
  [Symbol.dispose]: () => undefined,
})

/** Decodes and encodes again at the source's size, made even. */
class VideoPath implements Path {
  readonly timeBase: { readonly num: number; readonly den: number }
  readonly #decoder: VideoDecoder
  readonly #scaler: PictureScaler
  readonly #encoder: H264Encoder
  readonly #gopTicks: number
  #nextKeyframe = Number.NEGATIVE_INFINITY

  constructor(stream: Stream) {
    const { width, height } = stream.codecpar
    const size = { width: width & ~1, height: height & ~1 }
    const { num, den } = stream.avgFrameRate
    const fps = num > 0 && den > 0 ? { num, den } : DEFAULT_FPS
    this.timeBase = stream.timeBase
    this.#gopTicks = (GOP_SECONDS * this.timeBase.den) / this.timeBase.num
    this.#decoder = new VideoDecoder(stream.codecpar, MAX_PIXELS)
    this.#scaler = new PictureScaler({ ...size, format: AV_PIX_FMT_YUV420P })
    this.#encoder = new H264Encoder({
      ...size,
      bitrateBps: VIDEO_BITRATE_BPS,
      fps,
      timeBase: this.timeBase,
      gopFrames: Math.ceil((GOP_SECONDS * fps.num) / fps.den),
      globalHeader: true,
      options: {
        preset: 'superfast',
        tune: 'zerolatency',
        maxrate: VIDEO_BITRATE_BPS,
        bufsize: VIDEO_BITRATE_BPS,
      },
    })
  }

  describe(parameters: Parameters<Track['describe']>[0]): void {
    this.#encoder.describe(parameters)
  }

  *send(packet: Packet | null): Generator<Packet, void, undefined> {
    for (const picture of this.#decoder.decode(packet)) {
      const scaled = this.#scaler.scale(picture)
      const pts = Number(picture.pts === AV_NOPTS_VALUE ? picture.bestEffortTimestamp : picture.pts)
      scaled.pts = BigInt(pts)
      const isKeyframe = pts >= this.#nextKeyframe
      if (isKeyframe) this.#nextKeyframe = pts + this.#gopTicks
      yield* this.#encoder.encode(scaled, isKeyframe)
    }
    if (packet === null) yield* this.#encoder.encode(null)
  }

  [Symbol.dispose](): void {
    this.#encoder[Symbol.dispose]()
    this.#scaler[Symbol.dispose]()
    this.#decoder[Symbol.dispose]()
  }
}
