import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Segment } from '@tessera/protocol/segment'
import { seq, unixMs } from '@tessera/protocol/units'
import { joinBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { silentLog } from '@tessera/runtime/log'
import { describe, expect, it } from 'vitest'
import { demuxMpegTs } from '../container/mpegts-demuxer.ts'
import { LiveWindow } from '../hls/live-window.ts'
import type { AccessUnit, IngestInfo, IngestStream } from '../ingest/ingest-stream.ts'
import { Segmenter } from '../ingest/segmenter.ts'
import { FolderStore } from '../store/folder.ts'
import { measureSegment } from '../verify/measure.ts'
import type { EncoderJob, EncoderReport } from './encoder.fixture.ts'
import type { ProbeReport } from './probe.fixture.ts'
import { RtmpServer } from './server.ts'

const run = promisify(execFile)
const child = (name: string): string => join(import.meta.dirname, name)

const JOB: Omit<EncoderJob, 'url'> = {
  format: 'flv',
  width: 320,
  height: 180,
  frames: 300,
  gop: 60,
  bFrames: 2,
  audio: true,
  encoder: 'libx264',
}

async function encode(url: string, change: Partial<EncoderJob> = {}): Promise<EncoderReport> {
  const job: EncoderJob = { ...JOB, url, ...change }
  const { stdout } = await run(process.execPath, [child('encoder.fixture.ts'), JSON.stringify(job)])
  return JSON.parse(stdout)
}

async function probeFile(path: string): Promise<ProbeReport> {
  const { stdout } = await run(process.execPath, [child('probe.fixture.ts'), path])
  return JSON.parse(stdout)
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-media-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const probe = (bytes: Uint8Array): Promise<ProbeReport> =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'a.ts'), bytes)
    return probeFile(join(folder, 'a.ts'))
  })

type Received = { units: AccessUnit[]; segments: Segment[]; info: IngestInfo; error?: unknown }

async function receive(stream: IngestStream): Promise<Received> {
  const info = await stream.info
  const segmenter = new Segmenter({ manifestId: 'm', targetMs: 2000, maxMs: 8000, maxBytes: 32e6 })
  const received: Received = { units: [], segments: [], info }
  const keep = (segment: Segment | undefined): unknown => segment && received.segments.push(segment)
  try {
    for await (const unit of stream) {
      received.units.push(unit)
      keep(segmenter.push(unit))
    }
  } catch (error) {
    received.error = error
  }
  keep(segmenter.flush())
  return received
}

class WrongKeyError extends BaseError {
  constructor() {
    super({ code: 'WRONG_KEY', message: 'The stream key is wrong.', advice: 'Copy it again.' })
  }
}

async function listen(onPublish: (stream: IngestStream) => void): Promise<RtmpServer> {
  return RtmpServer.listen(
    { host: '127.0.0.1', port: 0 },
    {
      clock: systemClock,
      log: silentLog,
      authorize: async ({ app, name }) =>
        app === 'live' && name === 'key' ? { id: 'stream' } : new WrongKeyError(),
      onPublish,
    },
  )
}

async function publish(
  change: Partial<EncoderJob> = {},
): Promise<{ sent: EncoderReport; received: Received }> {
  let receiving: Promise<Received> | undefined
  await using server = await listen((stream) => {
    receiving = receive(stream)
  })
  const sent = await encode(`rtmp://127.0.0.1:${server.port}/live/key`, change)
  return { sent, received: await receiving! }
}

const increases = (values: readonly number[]): boolean =>
  values.every((v, i) => i === 0 || v > values[i - 1]!)

describe('publishing with FFmpeg', () => {
  it('keeps every picture and every sound, with B-frames, at the exact time', async () => {
    const { sent, received } = await publish()
    const video = received.units.filter((unit) => unit.kind === 'video')
    const audio = received.units.filter((unit) => unit.kind === 'audio')
    expect(received.info).toEqual({
      video: { width: 320, height: 180 },
      audio: { sampleRate: 48_000, channels: 2 },
    })
    // FFmpeg moves all times so that the first one is not negative.
    const shift = video[0]!.dts - sent.video[0]![1]
    expect(shift % 90).toBe(0)
    expect(video.map((unit) => [unit.pts, unit.dts])).toEqual(
      sent.video.map(([pts, dts]) => [pts + shift, dts + shift]),
    )
    expect(audio.map((unit) => unit.pts)).toEqual(sent.audio.map((pts) => pts + shift))
    expect(received.segments.map((segment) => segment.frames)).toEqual([60, 60, 60, 60, 60])
    expect(received.segments.map((segment) => segment.duration)).toEqual([2000, 2000, 2000, 2000, 2000])
    const measures = received.segments.map((segment) => measureSegment(segment.bytes))
    expect(measures.every((measure) => measure.startsWithKeyframe && measure.keyframes === 1)).toBe(true)
    expect(measures.reduce((sum, measure) => sum + (measure.audio?.frames ?? 0), 0)).toBe(audio.length)
  })

  it('makes segments that FFmpeg reads without a warning, alone and joined, with the same times', async () => {
    const { received } = await publish()
    const video = received.units.filter((unit) => unit.kind === 'video')
    const all = await probe(joinBytes(received.segments.map((segment) => segment.bytes)))
    expect(all.warnings).toEqual([])
    expect(all.video).toEqual(video.map((unit) => [unit.pts, unit.dts]))
    expect(all.audio).toEqual(received.units.filter((unit) => unit.kind === 'audio').map((unit) => unit.pts))
    expect(all).toMatchObject({ pictures: 300, pictureErrors: 0, width: 320, height: 180 })
    const third = await probe(received.segments[2]!.bytes)
    expect(third).toMatchObject({ pictures: 60, pictureErrors: 0, warnings: [] })
    expect(increases(third.audio)).toBe(true)
  })

  it('is played by FFmpeg from the playlists, whole', async () => {
    const { received } = await publish()
    const window = new LiveWindow({
      renditions: ['source'],
      windowMs: 60_000,
      graceMs: 0,
      targetMs: 2000,
      startedAt: unixMs(0),
      firstSeq: seq(0),
      variantUri: (name) => `live/${name}.m3u8`,
      segmentUri: (name, n) => `${name}/${n}.ts`,
    })
    await inFolder(async (folder) => {
      const store = await FolderStore.open({ folder: join(folder, 'live'), maxBytes: 1e9 })
      for (const segment of received.segments) {
        const { seq, duration, discontinuity, bytes } = segment
        await store.put(`source/${seq}.ts`, bytes)
        window.append({ rendition: 'source', seq, duration, discontinuity, measure: measureSegment(bytes) })
      }
      window.end()
      await writeFile(join(folder, 'live.m3u8'), window.masterPlaylist()!)
      await writeFile(join(folder, 'live/source.m3u8'), window.mediaPlaylist('source')!)
      const played = await probeFile(join(folder, 'live.m3u8'))
      expect(played).toMatchObject({ pictures: 300, pictureErrors: 0, warnings: [] })
      expect(played.audio).toHaveLength(received.units.filter((unit) => unit.kind === 'audio').length)
    })
  })

  it('reads what the muxer of FFmpeg wrote, as peers deliver it', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'peer.ts')
      const sent = await encode(path, { format: 'mpegts', frames: 150 })
      const bytes = new Uint8Array(await readFile(path))
      const { video, audio, continuityErrors } = demuxMpegTs(bytes)
      const shift = video[0]!.pts - sent.video[0]![0]
      expect(video.map((unit) => [unit.pts - shift, unit.dts - shift])).toEqual(sent.video)
      expect(audio.map((unit) => unit.pts - shift)).toEqual(sent.audio)
      expect(continuityErrors).toBe(0)
      expect(measureSegment(bytes)).toMatchObject({ frames: 150, keyframes: 3, width: 320, height: 180 })
    })
  })

  it.each([
    { width: 854, height: 480 },
    { width: 1920, height: 1080 },
    { width: 426, height: 240, x264Params: 'interlaced=1' },
    { width: 130, height: 66, x264Params: 'bframes=0:vui:colorprim=bt709' },
    { width: 640, height: 360, x264Params: 'cqm=jvt' },
  ])('measures the size that FFmpeg decodes: %o', async (picture) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'size.ts')
      await encode(path, { format: 'mpegts', frames: 4, audio: false, ...picture })
      const { width, height } = await probeFile(path)
      expect({ width, height }).toEqual({ width: picture.width, height: picture.height })
      expect(measureSegment(new Uint8Array(await readFile(path)))).toMatchObject({ width, height, frames: 4 })
    })
  })

  it('takes a stream without sound', async () => {
    const { received } = await publish({ audio: false, frames: 75, bFrames: 0 })
    expect(received.info.audio).toBeUndefined()
    expect(received.segments.map((segment) => segment.frames)).toEqual([60, 15])
    expect((await probe(received.segments[0]!.bytes)).warnings).toEqual([])
  })

  it('holds back a publisher whose consumer is slow, and loses nothing', async () => {
    let stream: IngestStream | undefined
    await using server = await listen((published) => {
      stream = published
    })
    const sending = encode(`rtmp://127.0.0.1:${server.port}/live/key`, { frames: 3000, gop: 30 })
    while (!stream) await systemClock.sleep(20)
    await systemClock.sleep(1500)
    const { units } = await receive(stream)
    const sent = await sending
    expect(units.filter((unit) => unit.kind === 'video')).toHaveLength(3000)
    expect(units.filter((unit) => unit.kind === 'audio')).toHaveLength(sent.audio.length)
  })

  it('refuses HEVC by name', async () => {
    let stream: IngestStream | undefined
    await using server = await listen((published) => {
      stream = published
    })
    const url = `rtmp://127.0.0.1:${server.port}/live/key`
    await expect(encode(url, { encoder: 'libx265', frames: 60, bFrames: 0 })).rejects.toThrow()
    await expect(stream!.info).rejects.toMatchObject({
      code: 'UNSUPPORTED_VIDEO_CODEC',
      message: 'HEVC is not accepted yet.',
    })
  })

  it('refuses a wrong key', async () => {
    await using server = await listen(() => expect.unreachable())
    const url = `rtmp://127.0.0.1:${server.port}/live/wrong`
    await expect(encode(url, { frames: 30 })).rejects.toThrow('could not connect')
  })
})
