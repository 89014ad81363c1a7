/**
 * @module FFmpeg's own reading of a transport stream, for tests, as a child process: `node probe.fixture.ts FILE`.
 * Prints packets, decoded pictures, and everything that FFmpeg warned about, as one JSON line.
 */
import { AV_LOG_WARNING, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, Log, Packet } from 'node-av/lib'
import { check, received } from '../av/check.ts'

export type ProbeReport = {
  /** `[pts, dts]` in 1/90000 s. */
  readonly video: readonly (readonly [number, number])[]
  readonly audio: readonly number[]
  readonly pictures: number
  readonly pictureErrors: number
  readonly width: number
  readonly height: number
  readonly warnings: readonly string[]
}

const warnings: string[] = []
Log.setCallback((level, message) => {
  if (level <= AV_LOG_WARNING) warnings.push(message.trim())
})
Log.setLevel(AV_LOG_WARNING)

const format = new FormatContext()
check(await format.openInput(process.argv[2] ?? ''), 'open')
check(await format.findStreamInfo(null), 'probe')
const videoIndex = format.findBestStream(AVMEDIA_TYPE_VIDEO)
const audioIndex = format.findBestStream(AVMEDIA_TYPE_AUDIO)
const parameters = format.streams[videoIndex]!.codecpar
const decoder = new CodecContext()
const codec = Codec.findDecoder(parameters.codecId)!
decoder.allocContext3(codec)
check(decoder.parametersToContext(parameters), 'set up decoder')
check(await decoder.open2(codec, null), 'open decoder')

const packet = new Packet()
packet.alloc()
const frame = new Frame()
frame.alloc()
const video: [number, number][] = []
const audio: number[] = []
let pictures = 0
let pictureErrors = 0

async function drain(): Promise<void> {
  while (received(await decoder.receiveFrame(frame), 'decode')) {
    pictures++
    if (frame.decodeErrorFlags) pictureErrors++
  }
}

while ((await format.readFrame(packet)) >= 0) {
  if (packet.streamIndex === videoIndex) {
    video.push([Number(packet.pts), Number(packet.dts)])
    check(await decoder.sendPacket(packet), 'decode')
    await drain()
  } else if (packet.streamIndex === audioIndex) {
    audio.push(Number(packet.pts))
  }
  packet.unref()
}
check(await decoder.sendPacket(null), 'finish decoding')
await drain()
const { width, height } = parameters
process.stdout.write(
  `${JSON.stringify({ video, audio, pictures, pictureErrors, width, height, warnings } satisfies ProbeReport)}\n`,
)
