import { MemoryStore } from '@tessera/media/store/memory'
import { measureSegment } from '@tessera/media/verify/measure'
import { freePayer } from '@tessera/payments/free'
import { silentLog } from '@tessera/runtime/log'
import { seededRandom } from '@tessera/runtime/random'
import { FakeChannels, FakePipeline } from '@tessera/testing/fake-channels'
import { FakeOrchestrator, FakeOrchestrators } from '@tessera/testing/fake-orchestrators'
import { syntheticUnits } from '@tessera/testing/synthetic-video'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { afterEach, expect, test } from 'vitest'
import { OrchestratorBook } from './orchestrator-book.ts'
import { RealtimeSession } from './realtime-session.ts'
import { DEFAULT_WEIGHTS } from './selection.ts'
import { SessionPool } from './session-pool.ts'
import { StreamRegistry } from './stream-registry.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function realtime() {
  const clock = new VirtualClock()
  const random = seededRandom(5)
  const log = silentLog
  const channels = new FakeChannels()
  const all = [0, 1].map((i) => new FakeOrchestrator(`https://o${i}:1`, { clock }))
  const api = new FakeOrchestrators(all)
  const pipelines: { url: string; pipeline: FakePipeline }[] = []
  api.onStartRealtime = (_, at) => {
    const base = `${at.url}/ai/trickle/${pipelines.length}`
    const pipeline = new FakePipeline(channels, base, { clock, delayMs: 10 })
    pipelines.push({ url: at.url, pipeline })
    void pipeline.run()
    return {
      manifestId: `mid${pipelines.length}`,
      publishUrl: base,
      subscribeUrl: `${base}-out`,
      controlUrl: `${base}-control`,
      eventsUrl: `${base}-events`,
    }
  }
  const book = new OrchestratorBook({ clock, random })
  book.update(all.map(({ url }) => ({ url, stake: 1n })))
  const store = new MemoryStore({ maxBytes: 1e9 })
  const registry = await StreamRegistry.open(
    { maxStreams: 5, windowMs: 600_000, targetMs: 2000, storePatienceMs: 1000 },
    { store, clock, log },
  )
  const record = await registry.open('demo')
  const pool = new SessionPool(
    {
      needs: { kind: 'live-video-to-video', modelId: 'edges' },
      maxInFlight: 1,
      discoveryTimeoutMs: 500,
      weights: DEFAULT_WEIGHTS,
    },
    { book, api, isQuoteStale: () => false, clock, random, log },
  )
  cleanups.push(() => pool[Symbol.asyncDispose]())
  const paying = {
    ...freePayer(),
    stage: async () => ({
      payment: { sender: '0x' as const, tickets: [] },
      tickets: 2,
      settle: () => undefined,
    }),
  }
  const track = registry.track(record, 'ai', ['ai'])
  const session = new RealtimeSession(
    {
      streamId: 'demo',
      modelId: 'edges',
      params: {},
      hasAudio: false,
      stallMs: 2000,
      startMs: 10_000,
      paymentIntervalMs: 5000,
      pipeline: { title: 'Edges', description: 'Finds edges.' },
    },
    { api, payer: paying, book, channels, clock, log, pool, track, record, store },
  )
  const stop = new AbortController()
  const run = session.run(stop.signal)
  run.catch(() => undefined)
  /** 30 fps, a keyframe each second, in virtual real time. */
  const publish = async (seconds: number): Promise<void> => {
    for (const unit of syntheticUnits({ width: 640, height: 360, frames: seconds * 30, gop: 30 })) {
      await clock.sleep(1000 / 30)
      session.push(unit)
    }
    session.end()
  }
  const published = async (): Promise<number[]> => {
    const pts: number[] = []
    for (let n = 0; n < track.nextSeq; n++)
      pts.push(...measureSegment((await store.get(`demo/ai/${n}.ts`))!).pts)
    return pts
  }
  return { clock, all, book, pipelines, session, run, publish, published, track, stop }
}

const everyFrame = (count: number) => Array.from({ length: count }, (_, i) => i * 3000)

test('counts pictures that are decoded in another order than they are shown', async () => {
  const { clock, session, run } = await realtime()
  const units = syntheticUnits({ width: 640, height: 360, frames: 60, gop: 30 })
  // Decoded as I P B B P B B …: each P is shown after the two that follow it.
  const shownAt = (i: number) => (i % 30 === 0 || i % 30 > 27 ? i : i + [-1, 2, -1][i % 3]!)
  const publish = async (): Promise<void> => {
    for (const [i, unit] of units.entries()) {
      await clock.sleep(1000 / 30)
      session.push({ ...unit, pts: units[shownAt(i)]!.pts })
    }
    session.end()
  }
  void publish()
  await clock.advance(8_000)
  await run
  expect(session.view().framesIn).toBe(60)
})

test('every picture comes back in its own playlist, with its own time, and its way is measured', async () => {
  const { clock, session, run, publish, published, track } = await realtime()
  void publish(10)
  await clock.advance(16_000)
  await run
  expect(await published()).toEqual(everyFrame(300))
  expect(session.view()).toMatchObject({
    framesIn: 300,
    framesOut: 300,
    swaps: 0,
    state: 'ended',
    isPlayable: true,
    p50Ms: 10,
  })
  expect(track.mediaPlaylist('ai')).toMatch(/#EXT-X-ENDLIST\n$/)
})

test('pays ahead at the start and then for every interval', async () => {
  const { clock, all, run, publish } = await realtime()
  void publish(22)
  await clock.advance(30_000)
  await run
  const payments = all.flatMap((one) => one.payments)
  expect(all.flatMap((one) => one.starts)).toHaveLength(1)
  expect(payments.length).toBeGreaterThanOrEqual(4)
  expect(payments.every(({ manifestId }) => manifestId === 'mid1')).toBe(true)
})

test.each(['killed', 'hung'] as const)(
  'when the pipeline is %s another one takes over within 2.5 s without losing a picture',
  async (how) => {
    const { clock, pipelines, session, run, publish, published, track } = await realtime()
    void publish(20)
    await clock.advance(8300)
    if (how === 'killed') pipelines[0]!.pipeline.kill()
    else pipelines[0]!.pipeline.isHung = true
    const outBefore = session.view().framesOut
    await clock.advance(2500)
    expect(pipelines).toHaveLength(2)
    expect(pipelines[1]!.url).not.toBe(pipelines[0]!.url)
    expect(session.view().framesOut).toBeGreaterThan(outBefore)
    await clock.advance(25_000)
    await run
    expect(await published()).toEqual(everyFrame(600))
    expect(session.view()).toMatchObject({ framesIn: 600, framesOut: 600, swaps: 1 })
    expect(track.mediaPlaylist('ai')?.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1)
  },
)

test('an orchestrator that writes a segment without end is left for another one', async () => {
  const { clock, all, book, pipelines, session, run, publish } = await realtime()
  void publish(12)
  await clock.advance(5000)
  const [liar] = pipelines
  liar!.pipeline.isEndless = true
  await clock.advance(13_000)
  await run
  expect(session.view().swaps).toBe(1)
  expect(book.get(liar!.url)?.lastFailure).toBe('bad-result')
  expect(all.map((one) => one.starts.length)).toEqual([1, 1])
})

test('without any orchestrator for it the session waits, and ends with the stream', async () => {
  const { clock, all, session, run, publish } = await realtime()
  for (const one of all) one.kill()
  void publish(5)
  await clock.advance(6000)
  await run
  expect(session.view()).toMatchObject({ framesIn: 0, framesOut: 0, state: 'ended', isPlayable: false })
})
