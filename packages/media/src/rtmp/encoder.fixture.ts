/**
 * @module A real encoder for tests, run as a child process: `node encoder.fixture.ts '{"url": …}'`. Encodes a small
 * moving picture and a tone with FFmpeg, writes them as FLV to the address, and prints what it sent as one JSON line.
 */
import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
  type FFEncoderCodec,
} from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational, type Stream } from 'node-av/lib'
import { check, received, setOptions } from '../av/check.ts'

export type EncoderJob = {
  readonly url: string
  readonly format: 'flv' | 'mpegts'
  readonly width: number
  readonly height: number
  /** Passed to x264 as it is, e.g. `interlaced=1`. */
  readonly x264Params?: string
  readonly frames: number
  readonly gop: number
  readonly bFrames: number
  readonly audio: boolean
  readonly encoder: string
}

export type EncoderReport = {
  /** `[pts, dts]` in 1/90000 s, as handed to the muxer; in decoding order. */
  readonly video: readonly (readonly [number, number])[]
  readonly audio: readonly number[]
}

const FPS = 30
const SAMPLE_RATE = 48_000
const STEREO = { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n }
const MS = { num: 1, den: 1000 }

const job: EncoderJob = JSON.parse(process.argv[2] ?? '{}')

const codec = (name: string): Codec => {
  const found = Codec.findEncoderByName(name as FFEncoderCodec)
  if (!found) throw new Error(`no encoder ${name}`)
  return found
}

function openVideo(): CodecContext {
  const context = new CodecContext()
  context.allocContext3(codec(job.encoder))
  context.width = job.width
  context.height = job.height
  context.pixelFormat = AV_PIX_FMT_YUV420P
  context.timeBase = new Rational(1, FPS)
  context.framerate = new Rational(FPS, 1)
  context.gopSize = job.gop
  context.maxBFrames = job.bFrames
  context.threadCount = 1
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  if (job.x264Params) setOptions(context, { 'x264-params': job.x264Params })
  if (job.encoder === 'libx264')
    setOptions(context, { preset: 'ultrafast', bf: job.bFrames, sc_threshold: 0 })
  check(context.open2Sync(codec(job.encoder), null), 'open video')
  return context
}

function openAudio(): CodecContext {
  const context = new CodecContext()
  context.allocContext3(codec('aac'))
  context.sampleRate = SAMPLE_RATE
  context.sampleFormat = AV_SAMPLE_FMT_FLTP
  context.channelLayout = STEREO
  context.timeBase = new Rational(1, SAMPLE_RATE)
  context.bitRate = 96_000n
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  check(context.open2Sync(codec('aac'), null), 'open audio')
  return context
}

function picture(index: number): Frame {
  const { width, height } = job
  const luma = Buffer.alloc(width * height)
  for (let i = 0; i < luma.length; i++) luma[i] = (i % width) + Math.floor(i / width) + index * 3
  const data = Buffer.concat([luma, Buffer.alloc((width * height) / 2, 128 + (index % 64))])
  const frame = Frame.fromVideoBuffer(data, {
    width,
    height,
    format: AV_PIX_FMT_YUV420P,
    timeBase: { num: 1, den: FPS },
  })
  frame.pts = BigInt(index)
  return frame
}

function sound(index: number): Frame {
  const samples = Float32Array.from(
    { length: 2048 },
    (_, i) => Math.sin((index * 1024 + (i % 1024)) / 20) / 4,
  )
  const frame = Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
    nbSamples: 1024,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: SAMPLE_RATE,
    channelLayout: STEREO,
    timeBase: { num: 1, den: SAMPLE_RATE },
  })
  frame.pts = BigInt(index * 1024)
  return frame
}

const format = new FormatContext()
const packet = new Packet()
packet.alloc()
const report = { video: [] as [number, number][], audio: [] as number[] }

function addStream(context: CodecContext): Stream {
  const stream = format.newStream(null)
  check(stream.codecpar.fromContext(context), 'describe stream')
  stream.codecpar.codecTag = 0
  stream.timeBase = new Rational(MS.num, MS.den)
  return stream
}

function encode(context: CodecContext, stream: Stream, frame: Frame | null): void {
  check(context.sendFrameSync(frame), 'encode')
  frame?.free()
  while (received(context.receivePacketSync(packet), 'encode')) {
    packet.streamIndex = stream.index
    packet.rescaleTs(context.timeBase, stream.timeBase)
    const ticks = (time: bigint): number =>
      (Number(time) * 90_000 * stream.timeBase.num) / stream.timeBase.den
    const isVideo = stream.index === 0
    if (isVideo) report.video.push([ticks(packet.pts), ticks(packet.dts)])
    else report.audio.push(ticks(packet.pts))
    check(format.interleavedWriteFrameSync(packet), 'write')
  }
}

check(format.allocOutputContext2(null, job.format, job.url), 'make muxer')
const video = openVideo()
const audio = job.audio ? openAudio() : undefined
const videoStream = addStream(video)
const audioStream = audio && addStream(audio)
check(await format.openOutput(), 'connect')
check(await format.writeHeader(null), 'write header')
let sounds = 0
for (let index = 0; index < job.frames; index++) {
  encode(video, videoStream, picture(index))
  while (audio && audioStream && sounds * 1024 * FPS < (index + 1) * SAMPLE_RATE) {
    encode(audio, audioStream, sound(sounds++))
  }
}
encode(video, videoStream, null)
if (audio && audioStream) encode(audio, audioStream, null)
check(await format.writeTrailer(), 'write trailer')
await format.closeOutput()
process.stdout.write(`${JSON.stringify(report)}\n`)
