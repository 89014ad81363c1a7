import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, it } from 'vitest'
import { watchDiskRoom } from './disk-room.ts'

const MIB = 2 ** 20

it('tells once that the disk is nearly full, and once that it has room again', async () => {
  const clock = new VirtualClock()
  const stop = new AbortController()
  const told: string[] = []
  let free = 1000 * MIB
  const watching = watchDiskRoom('/data', stop.signal, {
    clock,
    freeBytes: async () => free,
    tell: (line) => told.push(line),
  })
  await clock.advance(4_000)
  expect(told).toEqual([])
  free = 100 * MIB
  await clock.advance(6_000)
  expect(told).toEqual([expect.stringMatching(/\/data is nearly full \(100 MiB left\)\. Make room/)])
  free = 280 * MIB
  await clock.advance(4_000)
  expect(told).toHaveLength(1)
  free = 400 * MIB
  await clock.advance(4_000)
  expect(told[1]).toBe('The disk of /data has room again.')
  stop.abort()
  await watching
})
