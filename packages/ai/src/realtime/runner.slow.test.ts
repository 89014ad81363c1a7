import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { demuxMpegTs } from '@tessera/media/container/mpegts-demuxer'
import { FrameEncoder } from '@tessera/media/frames/encoder'
import { TricklePublisher } from '@tessera/media/trickle/publisher'
import { TrickleServer } from '@tessera/media/trickle/server'
import { TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import { ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RealtimeRunner } from './runner.ts'

const deps = { clock: systemClock, log: silentLog }
const SIZE = { width: 320, height: 180 } as const
const FPS = 25
const FRAMES_PER_SEGMENT = 25

/** Segments of one second: a bright disc on a gradient, moving; and silent-looking audio frames in between. */
function makeSegments(count: number, firstPts: number): Uint8Array[] {
  using encoder = new FrameEncoder({ ...SIZE, format: 'rgb24', fps: FPS, bitrateBps: 800_000, audio: true })
  return Array.from({ length: count }, (_, segment) =>
    concatBytes(
      ...Array.from({ length: FRAMES_PER_SEGMENT }, (_, i) => {
        const index = segment * FRAMES_PER_SEGMENT + i
        const pts = ticks90k(firstPts + index * 3600)
        const picture = { ...SIZE, pts, format: 'rgb24', data: draw(index) } as const
        const chunks = encoder.encode(picture, { keyframe: i === 0 })
        return [...chunks, ...encoder.audio({ pts: ticks90k(pts + 90), data: audioFrame(index) })]
      }).flatMap((chunks) => chunks.map((chunk) => chunk.bytes)),
    ),
  )
}

function draw(index: number): Uint8Array {
  const { width, height } = SIZE
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)]
    return Math.hypot(x - 40 - index * 2, y - 90) < 30 ? 230 : 60 + (x >> 2) + (i % 3) * 20
  })
}

function audioFrame(fill: number): Uint8Array {
  const frame = new Uint8Array(100).fill(fill)
  frame.set([0xff, 0xf1, 0x4c, 0x80, 100 >> 3, ((100 & 7) << 5) | 0x1f, 0xfc])
  return frame
}

let trickle: TrickleServer
let server: http.Server
let base: string
let runner: RealtimeRunner

beforeEach(async () => {
  trickle = new TrickleServer({ basePath: '/ai/trickle/' }, deps)
  server = http.createServer({ requestTimeout: 0 }, (request, response) => {
    if (!trickle.handle(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ai/trickle`
  const config = { host: '127.0.0.1', port: 0, capacity: 1, statusIntervalMs: 200, version: '0.1.0' }
  runner = await RealtimeRunner.listen(config, deps)
})

afterEach(async () => {
  await runner[Symbol.asyncDispose]()
  await trickle[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function openChannels(): void {
  trickle.createChannel({ name: 'm', contentType: 'video/MP2T' })
  trickle.createChannel({ name: 'm-out', contentType: 'video/MP2T' })
  trickle.createChannel({ name: 'm-control', contentType: 'application/json' })
  trickle.createChannel({ name: 'm-events', contentType: 'application/json' })
}

const start = (extra: object = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${runner.port}/live-video-to-video`, {
    method: 'POST',
    body: JSON.stringify({
      subscribe_url: `${base}/m`,
      publish_url: `${base}/m-out`,
      control_url: `${base}/m-control`,
      events_url: `${base}/m-events`,
      model_id: '',
      params: {},
      ...extra,
    }),
  })

async function readChannel(name: string): Promise<Uint8Array[]> {
  using subscriber = new TrickleSubscriber({ url: `${base}/${name}`, from: 0 }, deps)
  const segments: Uint8Array[] = []
  for await (const segment of subscriber) {
    const chunks: Uint8Array[] = []
    for await (const chunk of segment.stream) chunks.push(chunk)
    segments.push(concatBytes(...chunks))
  }
  return segments.filter((segment) => segment.length > 0)
}

const publisherTo = (name: string): TricklePublisher =>
  new TricklePublisher({ url: `${base}/${name}`, contentType: 'video/MP2T' }, { log: silentLog })

type Event = { event: { type: string; state?: string; message?: string; tessera?: { frames_out: number } } }
const events = (segments: readonly Uint8Array[]): Event['event'][] =>
  segments.map((segment) => (JSON.parse(new TextDecoder().decode(segment)) as Event).event)

describe('runner', () => {
  it('gives back every frame of the stream with its time, in segments that start where the input did', async () => {
    openChannels()
    const inputs = makeSegments(3, 900_000)
    const [output, eventLog] = [readChannel('m-out'), readChannel('m-events')]
    expect((await start()).status).toBe(200)
    const publisher = publisherTo('m')
    const control = publisherTo('m-control')
    await control.publish(new TextEncoder().encode('{"keep":"alive"}'))
    await control.publish(new TextEncoder().encode('{"ink":0.5}'))
    for (const segment of inputs) await publisher.publish(segment)
    // A deleted channel is gone at once, also for a reader that has not come to its last segment.
    while ((runner.streams()[0]?.stats.framesOut ?? 0) < 74) await systemClock.sleep(20)
    await publisher[Symbol.asyncDispose]()
    const outputs = await output
    const expected = inputs.map((segment) => demuxMpegTs(segment))
    const actual = outputs.map((segment) => demuxMpegTs(segment))
    expect(actual.map(({ video }) => video.map(({ pts }) => pts))).toEqual(
      expected.map(({ video }) => video.map(({ pts }) => pts)),
    )
    const audio = (streams: typeof actual) => streams.flatMap((stream) => stream.audio.map(({ pts }) => pts))
    expect(audio(actual)).toEqual(audio(expected))
    expect(actual.every(({ video }) => video[0]?.isKeyframe)).toBe(true)
    const seen = events(await eventLog)
    expect(seen.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'runner_receive_stream_request',
        'runner_receive_first_ingest_segment',
        'runner_send_first_processed_segment',
        'status',
      ]),
    )
    await control[Symbol.asyncDispose]()
    while (runner.streams().length > 0) await systemClock.sleep(20)
  })

  it('answers 503 when it is full, and 422 or 400 when it is asked for nonsense', async () => {
    openChannels()
    expect((await start({ subscribe_url: 'file:///etc/passwd' })).status).toBe(422)
    expect((await start({ model_id: 'somebody/else' })).status).toBe(400)
    expect((await start({ params: { ink: 7 } })).status).toBe(400)
    expect((await start()).status).toBe(200)
    expect((await start()).status).toBe(503)
    const health = await fetch(`http://127.0.0.1:${runner.port}/health/`)
    expect(await health.json()).toEqual({ status: 'OK' })
  })

  it('starts streams only for those who know its token, if it has one', async () => {
    const config = { host: '127.0.0.1', port: 0, capacity: 1, version: '0.1.0', authToken: 'secret' }
    await using guarded = await RealtimeRunner.listen(config, deps)
    const url = `http://127.0.0.1:${guarded.port}/live-video-to-video`
    const post = (authorization: string) =>
      fetch(url, { method: 'POST', headers: { authorization }, body: '{}' })
    expect((await post('Bearer wrong')).status).toBe(401)
    expect((await post('Bearer secret')).status).toBe(422)
    expect((await fetch(`http://127.0.0.1:${guarded.port}/health`)).status).toBe(200)
  })

  it('tells of the crash of a stream in an event, closes its channels and goes on serving', async () => {
    openChannels()
    const eventLog = readChannel('m-events')
    await start()
    const publisher = publisherTo('m')
    const [first] = makeSegments(1, 0)
    await publisher.publish(first!)
    while ((runner.streams()[0]?.stats.framesOut ?? 0) < 10) await systemClock.sleep(20)
    process.kill(runner.streams()[0]?.pid ?? 0, 'SIGKILL')
    const seen = events(await eventLog)
    expect(seen.some(({ type }) => type === 'error')).toBe(true)
    expect(seen.findLast(({ type }) => type === 'status')?.state).toBe('ERROR')
    expect(trickle.channel('m-out')).toBeUndefined()
    while (runner.streams().length > 0) await systemClock.sleep(20)
    publisher.abandon()
    trickle.closeChannel('m')
    trickle.closeChannel('m-control')
    openChannels()
    expect((await start()).status).toBe(200)
  })
})
