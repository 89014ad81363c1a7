import { syntheticUnits } from '@tessera/testing/synthetic-video'
import { expect, test } from 'vitest'
import { UnitFeed } from './unit-feed.ts'

const units = syntheticUnits({ width: 160, height: 90, frames: 120, gop: 30 })
const never = new AbortController().signal

async function readAll(feed: UnitFeed): Promise<number[]> {
  const pts: number[] = []
  for await (const unit of feed.read(never)) pts.push(unit.pts)
  return pts
}

test('a new reader begins at the oldest group that is not confirmed', async () => {
  const feed = new UnitFeed({ maxBytes: 1e9, maxMs: 60_000 })
  for (const unit of units) feed.push(unit)
  feed.end()
  expect(await readAll(feed)).toEqual(units.map(({ pts }) => pts))
  feed.confirm(units[30]!.pts)
  expect(await readAll(feed)).toEqual(units.slice(60).map(({ pts }) => pts))
})

test('too much is dropped a whole group at a time, and a slow reader goes on at a keyframe', async () => {
  const feed = new UnitFeed({ maxBytes: 1e9, maxMs: 2_000 })
  const reader = feed.read(never)
  feed.push(units[0]!)
  expect((await reader.next()).value).toBe(units[0])
  for (const unit of units.slice(1)) feed.push(unit)
  const next = (await reader.next()).value!
  expect(next).toMatchObject({ isKeyframe: true })
  expect(next.pts).toBeGreaterThan(units[29]!.pts)
})

test('what comes before the first keyframe is of no use and is left out', async () => {
  const feed = new UnitFeed({ maxBytes: 1e9, maxMs: 60_000 })
  for (const unit of units.slice(20, 40)) feed.push(unit)
  feed.end()
  expect((await readAll(feed))[0]).toBe(units[30]!.pts)
})

test('a waiting reader ends with the reason of its signal', async () => {
  const feed = new UnitFeed({ maxBytes: 1e9, maxMs: 60_000 })
  const stop = new AbortController()
  const reading = feed.read(stop.signal).next()
  stop.abort(new Error('enough'))
  await expect(reading).rejects.toThrow('enough')
})
