import { measureSegment } from '@tessera/media/verify/measure'
import { freePayer } from '@tessera/payments/free'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { durationMs, seq, ticks90k } from '@tessera/protocol/units'
import { silentLog } from '@tessera/runtime/log'
import { seededRandom } from '@tessera/runtime/random'
import { FakeOrchestrator, FakeOrchestrators } from '@tessera/testing/fake-orchestrators'
import { syntheticSegment } from '@tessera/testing/synthetic-video'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { afterEach, expect, test } from 'vitest'
import { OrchestratorBook } from './orchestrator-book.ts'
import type { SegmentJob } from './segment-attempt.ts'
import { type Delivery, deliverSegment, SegmentGivenUpError } from './segment-delivery.ts'
import { DEFAULT_WEIGHTS } from './selection.ts'
import { SessionPool } from './session-pool.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

function network(count = 2) {
  const clock = new VirtualClock()
  const random = seededRandom(7)
  const all = Array.from({ length: count }, (_, i) => new FakeOrchestrator(`https://o${i}:1`, { clock }))
  const api = new FakeOrchestrators(all)
  const book = new OrchestratorBook({ clock, random })
  book.update(all.map(({ url }) => ({ url, stake: 1n })))
  const payer = freePayer()
  const pool = new SessionPool(
    { needs: { kind: 'transcode' }, maxInFlight: 2, discoveryTimeoutMs: 500, weights: DEFAULT_WEIGHTS },
    { book, api, isQuoteStale: payer.isQuoteStale, clock, random, log: silentLog },
  )
  cleanups.push(() => pool[Symbol.asyncDispose]())
  const stop = new AbortController()
  const deliver = (n: number): Promise<Delivery> =>
    deliverSegment(
      job(n),
      { patienceMs: 60_000, maxFaults: 8 },
      { api, payer, book, pool, clock, log: silentLog },
      { signal: stop.signal },
    )
  return { clock, all, api, book, pool, deliver, stop }
}

function job(n: number): SegmentJob {
  const startPts = n * 180_000
  const bytes = syntheticSegment({ width: 1920, height: 1080, frames: 60, startPts })
  return {
    segment: {
      manifestId: 'demo',
      seq: seq(n),
      start: ticks90k(startPts),
      duration: durationMs(2000),
      bytes,
      frames: 60,
      discontinuity: false,
    },
    source: measureSegment(bytes),
    profiles: DEFAULT_LADDER,
  }
}

/** The one that works on the only segment under way. */
const busyOne = (all: readonly FakeOrchestrator[]) => all.find((one) => one.inFlight > 0)!

test('delivers checked renditions and remembers how fast it went', async () => {
  const { clock, deliver, book } = network()
  const delivering = deliver(0)
  await clock.advance(1000)
  const delivery = await delivering
  expect(delivery.renditions.map(({ name, measure }) => [name, measure.frames])).toEqual([
    ['720p', 60],
    ['480p', 60],
    ['360p', 60],
  ])
  expect(delivery).toMatchObject({ attempts: 1, swaps: [] })
  expect(book.get(delivery.url)).toMatchObject({ segments: 1, failures: 0 })
  expect(book.get(delivery.url)?.realtimeRatio).toBeCloseTo(0.25)
})

test('an orchestrator killed in the middle of a segment costs no segment and hardly any time', async () => {
  const { clock, all, deliver } = network()
  const delivering = deliver(0)
  await clock.advance(300)
  const victim = busyOne(all)
  victim.kill()
  await clock.advance(520)
  const delivery = await delivering
  expect(delivery.url).not.toBe(victim.url)
  expect(delivery.attempts).toBe(2)
  expect(delivery.swaps).toEqual([{ fromUrl: victim.url, toUrl: delivery.url, ms: 500 }])
})

test('all segments in flight at a killed orchestrator go to the others', async () => {
  const { clock, all, deliver } = network()
  const delivering = Promise.all([0, 1, 2, 3].map(deliver))
  await clock.advance(300)
  all[0]!.kill()
  await clock.advance(3000)
  const deliveries = await delivering
  expect(deliveries.map(({ url }) => url)).toEqual(Array(4).fill(all[1]!.url))
  expect(all[1]!.mostInFlight).toBe(2)
})

test('a full orchestrator is not blamed: the segment goes elsewhere and its reliability stays', async () => {
  const { clock, all, deliver, book } = network()
  all[0]!.mood = 'full'
  const delivering = Promise.all([0, 1, 2, 3].map(deliver))
  await clock.advance(5000)
  for (const { url } of await delivering) expect(url).toBe(all[1]!.url)
  expect(all[0]!.submissions).toBeGreaterThan(0)
  expect(book.get(all[0]!.url)).toMatchObject({ failures: 0, reliability: 1 })
  all[0]!.mood = 'works'
  await clock.advance(10_000)
  const again = Promise.all([4, 5, 6, 7].map(deliver))
  await clock.advance(2000)
  expect((await again).some(({ url }) => url === all[0]!.url)).toBe(true)
})

test('a segment that hangs is given to a second orchestrator before the first times out', async () => {
  const { clock, all, deliver, book } = network()
  const delivering = deliver(0)
  all[0]!.mood = 'hangs'
  all[1]!.mood = 'hangs'
  await clock.advance(100)
  const slow = busyOne(all)
  const quick = all.find((one) => one !== slow)!
  quick.mood = 'works'
  await clock.advance(4800)
  const delivery = await delivering
  expect(delivery).toMatchObject({ url: quick.url, attempts: 2, totalMs: expect.closeTo(4740, -2) })
  expect(slow.inFlight).toBe(0)
  expect(book.isSuspended(slow.url)).toBe(true)
})

test('work is not doubled when all orchestrators are slower than the stream', async () => {
  const { clock, all, deliver } = network()
  for (const one of all) one.workMs = 9_000
  const deliveries = Promise.all([0, 1, 2, 3].map(deliver))
  await clock.advance(10_000)
  expect((await deliveries).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1])
})

test('a rendition with a frame too few is refused and its maker gets no more work for a while', async () => {
  const { clock, all, deliver, book } = network()
  all[0]!.mood = 'drops-a-frame'
  const delivering = Promise.all([0, 1, 2, 3].map(deliver))
  await clock.advance(5000)
  const deliveries = await delivering
  expect(deliveries.map(({ url }) => url)).toEqual(Array(4).fill(all[1]!.url))
  expect(all[0]!.submissions).toBeGreaterThan(0)
  expect(book.get(all[0]!.url)).toMatchObject({ lastFailure: 'bad-result' })
  expect(book.isSuspended(all[0]!.url)).toBe(true)
})

test('segments wait while all orchestrators are down and are delivered when one is back', async () => {
  const { clock, all, deliver } = network()
  await clock.advance(100)
  for (const one of all) one.kill()
  const delivering = Promise.all([0, 1, 2].map(deliver))
  await clock.advance(30_000)
  all[1]!.mood = 'works'
  await clock.advance(15_000)
  const deliveries = await delivering
  for (const { url, totalMs } of deliveries) {
    expect(url).toBe(all[1]!.url)
    expect(totalMs).toBeLessThan(45_000)
  }
})

test('a segment is given up when patience ends, with a reason that says what to do', async () => {
  const { clock, all, deliver } = network()
  for (const one of all) one.kill()
  const outcome = deliver(0).catch((error: unknown) => error)
  await clock.advance(61_000)
  const error = await outcome
  expect(error).toBeInstanceOf(SegmentGivenUpError)
  expect(error).toMatchObject({ code: 'SEGMENT_GIVEN_UP', facts: { stream: 'demo', seq: 0, attempts: 0 } })
})

test('one that fails on a segment is asked again only when nobody else is there', async () => {
  const { clock, all, deliver } = network(1)
  all[0]!.mood = 'fails'
  const delivering = deliver(0)
  await clock.advance(700)
  all[0]!.mood = 'works'
  await clock.advance(5000)
  expect(await delivering).toMatchObject({ url: all[0]!.url, attempts: 2 })
})

test('a session is renewed before its token expires', async () => {
  const { clock, all, deliver } = network(1)
  all[0]!.tokenValidForMs = 60_000
  await clock.advance(600)
  expect(all[0]!.quotes).toBeGreaterThan(0)
  const before = all[0]!.quotes
  await clock.advance(60_000)
  expect(all[0]!.quotes).toBeGreaterThan(before)
  const delivering = deliver(0)
  await clock.advance(1000)
  expect((await delivering).attempts).toBe(1)
})

test.each([
  [1n, 3n],
  [0n, 1n],
])('an orchestrator that raises its price from %i to %i loses its session', async (from, to) => {
  const { clock, all, deliver, book } = network()
  for (const one of all) one.price = { wei: from, units: 1n }
  const first = deliver(0)
  await clock.advance(1000)
  const { url } = await first
  const greedy = all.find((one) => one.url === url)!
  greedy.price = { wei: to, units: 1n }
  const later = Promise.all([1, 2, 3, 4].map(deliver))
  await clock.advance(3000)
  await later
  expect(book.get(url)?.lastFailure).toBe('unpaid')
})

test('closing the pool says goodbye to the orchestrators', async () => {
  const { clock, all, pool } = network()
  await clock.advance(600)
  const closing = pool[Symbol.asyncDispose]()
  await clock.advance(100)
  await closing
  expect(all.map((one) => one.farewells)).toEqual([1, 1])
})
