import type { AccessUnit, IngestStream } from '@tessera/media/ingest/ingest-stream'
import { MemoryStore } from '@tessera/media/store/memory'
import { measureSegment } from '@tessera/media/verify/measure'
import { freePayer } from '@tessera/payments/free'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { AsyncQueue } from '@tessera/runtime/async-queue'
import type { BaseError } from '@tessera/runtime/errors'
import { silentLog } from '@tessera/runtime/log'
import { noopMetrics } from '@tessera/runtime/metrics'
import { seededRandom } from '@tessera/runtime/random'
import { FakeOrchestrator, FakeOrchestrators } from '@tessera/testing/fake-orchestrators'
import { syntheticUnits } from '@tessera/testing/synthetic-video'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { afterEach, expect, test } from 'vitest'
import { gatewayMetrics } from './gateway-metrics.ts'
import { LiveSession } from './live-session.ts'
import { OrchestratorBook } from './orchestrator-book.ts'
import { DEFAULT_WEIGHTS } from './selection.ts'
import { SessionPool } from './session-pool.ts'
import { StreamRegistry } from './stream-registry.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

class FakeStream implements IngestStream {
  readonly id = 'demo'
  readonly units = new AsyncQueue<AccessUnit>({ capacity: 10_000, overflow: 'block' })
  readonly info = Promise.resolve({ video: { width: 1280, height: 720 } })
  abortedWith: BaseError | undefined
  abort(reason: BaseError): void {
    this.abortedWith ??= reason
    this.units.fail(reason)
  }
  [Symbol.asyncIterator](): AsyncIterator<AccessUnit> {
    return this.units[Symbol.asyncIterator]()
  }
  /** Publishes `seconds` of 30 fps with a keyframe every 2 s, in virtual real time. */
  async publish(clock: VirtualClock, seconds: number, startPts = 0): Promise<void> {
    for (const unit of syntheticUnits({
      width: 1280,
      height: 720,
      frames: seconds * 30,
      gop: 60,
      startPts,
    })) {
      await clock.sleep(1000 / 30)
      this.units.offer(unit)
    }
    this.units.end()
  }
}

async function gateway(options: { count?: number; store?: MemoryStore } = {}) {
  const clock = new VirtualClock()
  const random = seededRandom(11)
  const all = Array.from(
    { length: options.count ?? 2 },
    (_, i) => new FakeOrchestrator(`https://o${i}:1`, { clock }),
  )
  const api = new FakeOrchestrators(all)
  const book = new OrchestratorBook({ clock, random })
  book.update(all.map(({ url }) => ({ url, stake: 1n })))
  const payer = freePayer()
  const store = options.store ?? new MemoryStore({ maxBytes: 1e9 })
  const log = silentLog
  const openRegistry = () =>
    StreamRegistry.open(
      { maxStreams: 5, windowMs: 600_000, targetMs: 2000, storePatienceMs: 5000 },
      { store, clock, log },
    )
  const registry = await openRegistry()
  const publish = async (to = registry) => {
    const stream = new FakeStream()
    const record = await to.open('demo')
    record.begin(await stream.info)
    const pool = new SessionPool(
      { needs: { kind: 'transcode' }, maxInFlight: 2, discoveryTimeoutMs: 500, weights: DEFAULT_WEIGHTS },
      { book, api, isQuoteStale: payer.isQuoteStale, clock, random, log },
    )
    cleanups.push(() => pool[Symbol.asyncDispose]())
    const session = new LiveSession(
      stream,
      {
        targetMs: 2000,
        maxMs: 8000,
        maxSegmentBytes: 1e8,
        profiles: DEFAULT_LADDER,
        patienceMs: 60_000,
        maxFaults: 8,
        maxWaitingBytes: 1e9,
      },
      {
        api,
        payer,
        book,
        pool,
        clock,
        log,
        store,
        record,
        counters: gatewayMetrics(noopMetrics),
        track: to.track(record, 'main', RENDITIONS),
      },
    )
    const stop = new AbortController()
    const run = session.run(stop.signal)
    run.catch(() => undefined)
    return { stream, record, run, stop }
  }
  return { clock, all, book, store, registry, openRegistry, publish }
}

const RENDITIONS = ['source', ...DEFAULT_LADDER.map(({ name }) => name)]

const listed = (playlist: string | undefined): string[] =>
  (playlist ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))

test('every frame of the source is in every rendition, in order, and the playlists end', async () => {
  const { clock, store, publish } = await gateway()
  const { stream, record, run } = await publish()
  void stream.publish(clock, 11)
  await clock.advance(15_000)
  await run
  record.main!.end()
  for (const rendition of RENDITIONS) {
    const playlist = record.main!.mediaPlaylist(rendition)
    expect(listed(playlist)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${rendition}/${n}.ts`))
    expect(playlist).toMatch(/#EXT-X-ENDLIST\n$/)
    expect(playlist).not.toContain('DISCONTINUITY\n')
    const pts: number[] = []
    for (let n = 0; n < 6; n++)
      pts.push(...measureSegment((await store.get(`demo/${rendition}/${n}.ts`))!).pts)
    expect(pts).toEqual(Array.from({ length: 330 }, (_, i) => i * 3000))
  }
  expect(record.view()).toMatchObject({ segmentsIn: 6, framesIn: 330, durationMs: 11_000, segmentsLost: 0 })
  expect(record.view().renditions.map(({ frames, segments }) => [frames, segments])).toEqual(
    Array(4).fill([330, 6]),
  )
  expect(record.view().firstPlayableMs).toBeGreaterThan(2000)
})

test('a publisher that changes the shape of its picture gets renditions of the new shape', async () => {
  const { clock, store, publish } = await gateway()
  const { stream, record, run } = await publish()
  const wide = syntheticUnits({ width: 1280, height: 720, frames: 60 })
  const square = syntheticUnits({ width: 720, height: 720, frames: 60, startPts: 180_000 })
  for (const unit of wide) stream.units.offer(unit)
  for (const [i, unit] of square.entries()) {
    stream.units.offer(i === 0 ? { ...unit, discontinuity: true } : unit)
  }
  stream.units.end()
  await clock.advance(5000)
  await run
  const sizes = [0, 1].map(async (n) => {
    const { width, height } = measureSegment((await store.get(`demo/480p/${n}.ts`))!)
    return `${width}x${height}`
  })
  expect(await Promise.all(sizes)).toEqual(['854x480', '480x480'])
  expect(record.view().segmentsLost).toBe(0)
})

test('segments finished out of order are published in order', async () => {
  const { clock, all, publish } = await gateway()
  all[0]!.workMs = 5500
  all[1]!.workMs = 300
  const { stream, record, run } = await publish()
  void stream.publish(clock, 12)
  const seen: string[] = []
  for (let step = 0; step < 60; step++) {
    await clock.advance(500)
    const now = listed(record.main!.mediaPlaylist('360p'))
    expect(now.slice(0, seen.length)).toEqual(seen)
    seen.push(...now.slice(seen.length))
  }
  await run
  expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((n) => `360p/${n}.ts`))
})

test('killing an orchestrator in the middle costs no segment, and the swap is measured', async () => {
  const { clock, all, publish } = await gateway()
  const { stream, record, run } = await publish()
  void stream.publish(clock, 20)
  await clock.advance(8200)
  await clock.advanceUntil(() => all.some((one) => one.inFlight > 0), 5000, 20)
  all.find((one) => one.inFlight > 0)!.kill()
  await clock.advance(20_000)
  await run
  expect(record.view()).toMatchObject({ segmentsIn: 10, segmentsLost: 0 })
  expect(record.view().swaps).toHaveLength(1)
  expect(record.view().swaps[0]!.ms).toBeLessThan(1000)
  expect(listed(record.main!.mediaPlaylist('720p'))).toHaveLength(10)
})

test('a lost segment leaves a discontinuity, not a stop', async () => {
  const { clock, all, publish } = await gateway({ count: 1 })
  const { stream, record, run } = await publish()
  void stream.publish(clock, 80)
  await clock.advance(6700)
  all[0]!.kill()
  await clock.advance(64_000)
  all[0]!.mood = 'works'
  await clock.advance(60_000)
  await run
  const { segmentsLost, segments } = record.view()
  expect(segmentsLost).toBeGreaterThan(0)
  expect(segmentsLost).toBeLessThan(6)
  expect(segments.filter(({ state }) => state === 'lost')).toHaveLength(segmentsLost)
  expect(listed(record.main!.mediaPlaylist('source'))).toHaveLength(40 - segmentsLost)
  expect(record.main!.mediaPlaylist('source')?.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1)
})

test('a publisher that never sends a keyframe again is told why it was cut off, and what came stays', async () => {
  const { clock, publish } = await gateway()
  const { stream, record, run } = await publish()
  const units = syntheticUnits({ width: 1280, height: 720, frames: 600, gop: 600 })
  for (const unit of units) stream.units.offer(unit)
  await clock.advance(5000)
  await run
  expect(stream.abortedWith?.code).toBe('NO_KEYFRAME')
  expect(record.view().framesIn).toBeGreaterThan(200)
  expect(listed(record.main!.mediaPlaylist('source'))).toHaveLength(1)
})

test('a publisher that comes back goes on in the same playlist after a discontinuity', async () => {
  const { clock, publish } = await gateway()
  const first = await publish()
  void first.stream.publish(clock, 4)
  await clock.advance(8000)
  await first.run
  first.record.main!.end()
  const second = await publish()
  void second.stream.publish(clock, 4)
  await clock.advance(8000)
  await second.run
  const playlist = second.record.main!.mediaPlaylist('source')
  expect(listed(playlist)).toEqual([0, 1, 2, 3].map((n) => `source/${n}.ts`))
  expect(playlist).toMatch(/#EXT-X-DISCONTINUITY\n.*\n.*\nsource\/2\.ts/)
  expect(playlist).not.toContain('ENDLIST')
})

test('a gateway that restarts while a stream is published goes on where it was', async () => {
  const { clock, publish, openRegistry } = await gateway()
  const first = await publish()
  void first.stream.publish(clock, 60)
  await clock.advance(7000)
  first.stop.abort(new Error('killed'))
  await clock.advance(100)
  const registry = await openRegistry()
  const restored = registry.get('demo')!
  expect(restored.isLive).toBe(false)
  expect(listed(restored.main!.mediaPlaylist('360p'))).toEqual([0, 1, 2].map((n) => `360p/${n}.ts`))
  const second = await publish(registry)
  void second.stream.publish(clock, 4)
  await clock.advance(8000)
  await second.run
  const playlist = registry.get('demo')!.main!.mediaPlaylist('360p')
  expect(listed(playlist)).toEqual([0, 1, 2, 3, 4].map((n) => `360p/${n}.ts`))
  expect(playlist).toContain('#EXT-X-MEDIA-SEQUENCE:0\n')
  expect(playlist).toMatch(/#EXT-X-DISCONTINUITY\n.*\n.*\n360p\/3\.ts/)
  expect(registry.get('demo')!.view()).toMatchObject({ segmentsIn: 5, segmentsLost: 0 })
})

test('a disk that is full for a while delays segments and loses none', async () => {
  class FullForAWhile extends MemoryStore {
    isFull = false
    override async put(key: string, bytes: Uint8Array): Promise<void> {
      if (this.isFull) throw new Error('ENOSPC')
      return super.put(key, bytes)
    }
  }
  const store = new FullForAWhile({ maxBytes: 1e9 })
  const { clock, publish } = await gateway({ store })
  const { stream, record, run } = await publish()
  void stream.publish(clock, 10)
  await clock.advance(4000)
  store.isFull = true
  await clock.advance(3000)
  store.isFull = false
  await clock.advance(8000)
  await run
  expect(record.view()).toMatchObject({ segmentsIn: 5, segmentsLost: 0 })
  expect(listed(record.main!.mediaPlaylist('480p'))).toHaveLength(5)
})
