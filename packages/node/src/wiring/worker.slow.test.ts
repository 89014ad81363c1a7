import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { livePipelines } from '@tessera/ai/registry'
import { FrameEncoder } from '@tessera/media/frames/encoder'
import { TricklePublisher } from '@tessera/media/trickle/publisher'
import { TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import { measureSegment } from '@tessera/media/verify/measure'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import type { Segment } from '@tessera/protocol/segment'
import { durationMs, seq, ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { noopMetrics } from '@tessera/runtime/metrics'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousSigner } from '../rpc/anonymous-signer.ts'
import { OrchestratorClient } from '../rpc/orchestrator-client.ts'
import { type RunningOrchestrator, startOrchestrator } from './orchestrator.ts'
import { type RunningWorker, startWorker } from './worker.ts'

const SECRET = 'a shared secret'
const MODEL = livePipelines[0]!.modelId
const deps = { clock: systemClock, random: systemRandom, log: silentLog, metrics: noopMetrics }

let dir: string
let orchestrator: RunningOrchestrator
let worker: RunningWorker
let api: OrchestratorClient

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'worker-'))
  orchestrator = await startOrchestrator({ port: 0, dataFolder: dir, secret: SECRET }, deps)
  worker = await startWorker(
    { orchestratorUrl: orchestrator.url, secret: SECRET, capacity: 1, maxReconnectMs: 200, runner: {} },
    deps,
  )
  api = new OrchestratorClient({ clock: systemClock, signer: anonymousSigner })
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await worker[Symbol.asyncDispose]()
  await orchestrator[Symbol.asyncDispose]()
  await rm(dir, { recursive: true })
})

/** Real H.264 at 30 frames a second, brighter from frame to frame. */
function segment(n: number, frames: number): Segment {
  const size = { width: 640, height: 360 }
  using encoder = new FrameEncoder({ ...size, format: 'i420', fps: 30, bitrateBps: 800_000, audio: false })
  const start = n * frames * 3000
  const chunks = Array.from({ length: frames }, (_, i) => {
    const data = new Uint8Array(size.width * size.height * 1.5).fill(128)
    data.fill(40 + 2 * i, 0, size.width * size.height)
    const picture = { ...size, pts: ticks90k(start + i * 3000), format: 'i420' as const, data }
    return encoder.encode(picture, { keyframe: i === 0 })
  })
  return {
    manifestId: 'demo',
    seq: seq(n),
    start: ticks90k(start),
    duration: durationMs((frames * 1000) / 30),
    bytes: concatBytes(...[...chunks.flat(), ...encoder.flush()].map(({ bytes }) => bytes)),
    frames,
    discontinuity: false,
  }
}

async function ready<T>(attempt: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await attempt()
    } catch (error) {
      if (i === 100) throw error
      await systemClock.sleep(50)
    }
  }
}

test('transcodes real video: each rendition has the source’s frames and times', async () => {
  const source = segment(0, 30)
  const quote = await api.getQuote(orchestrator.url, { kind: 'transcode' })
  const profiles = DEFAULT_LADDER.slice(1)
  const delivered = await ready(() => api.submitSegment({ quote, segment: source, profiles }))
  const { pts } = measureSegment(source.bytes)
  for (const [i, { bytes, pixels }] of delivered.renditions.entries()) {
    const measure = measureSegment(bytes)
    expect(measure).toMatchObject({ width: profiles[i]!.width, height: profiles[i]!.height, frames: 30 })
    expect(measure.pts).toEqual(pts)
    expect(pixels).toBe(measure.pixels)
  }
})

test('bytes that are no video are the segment’s fault, and the worker goes on', async () => {
  const quote = await api.getQuote(orchestrator.url, { kind: 'transcode' })
  const broken = { ...segment(1, 5), bytes: new Uint8Array(5000).fill(0x47) }
  await expect(
    api.submitSegment({ quote, segment: broken, profiles: DEFAULT_LADDER.slice(2) }),
  ).rejects.toMatchObject({ code: 'ORCHESTRATOR_SEGMENT_INVALID' })
  await api.submitSegment({ quote, segment: segment(2, 5), profiles: DEFAULT_LADDER.slice(2) })
})

test('a live pipeline gives frames back, and its end is told at once when the worker goes', async () => {
  const needs = { kind: 'live-video-to-video', modelId: MODEL } as const
  const channels = await ready(async () => {
    const quote = await api.getQuote(orchestrator.url, needs)
    return api.startRealtime({ quote, streamId: 'demo', modelId: MODEL, params: {} })
  })
  const endpoint = { acceptSelfSigned: true }
  const publisher = new TricklePublisher(
    { url: channels.publishUrl, contentType: 'video/MP2T', ...endpoint },
    { log: silentLog },
  )
  using output = new TrickleSubscriber({ url: channels.subscribeUrl, from: -1, ...endpoint }, deps)
  using events = new TrickleSubscriber({ url: channels.eventsUrl, from: -1, ...endpoint }, deps)
  const errors: string[] = []
  const watching = (async () => {
    for await (const { stream } of events) {
      const parts: Uint8Array[] = []
      for await (const part of stream) parts.push(part)
      const text = new TextDecoder().decode(concatBytes(...parts))
      if (text.includes('"error"')) errors.push(text)
    }
  })()
  const first = (async () => {
    for await (const { stream } of output) {
      let bytes = 0
      for await (const part of stream) bytes += part.length
      if (bytes > 0) return bytes
    }
    return 0
  })()
  for (let n = 0; n < 4; n++) {
    const writer = publisher.segment()
    await writer.write(segment(n, 15).bytes)
    await writer.close()
    await systemClock.sleep(300)
  }
  expect(await first).toBeGreaterThan(500)

  const stoppedMs = systemClock.monotonicMs()
  await worker[Symbol.asyncDispose]()
  await watching
  expect(systemClock.monotonicMs() - stoppedMs).toBeLessThan(6000)
  expect(errors.length).toBeGreaterThan(0)
  await publisher[Symbol.asyncDispose]()
})
