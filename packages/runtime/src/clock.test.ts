import { VirtualClock } from '@tessera/testing/virtual-clock'
import { afterEach, expect, test, vi } from 'vitest'
import { deadline, systemClock } from './clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

const late = () => new Error('too late')

test('a deadline aborts with its reason when its time has come', async () => {
  const clock = new VirtualClock()
  const limit = deadline(clock, 50, { reason: late })
  await clock.advance(49)
  expect(limit.signal.aborted).toBe(false)
  await clock.advance(1)
  expect(limit.signal.reason).toEqual(late())
})

test('a cleared deadline never aborts and leaves no timer', async () => {
  const clock = new VirtualClock()
  const limit = deadline(clock, 50, { reason: late })
  limit.clear()
  limit.clear()
  expect(clock.sleeping).toBe(0)
  await clock.advance(100)
  expect(limit.signal.aborted).toBe(false)
})

test('a deadline aborts with the signal it was given, also when that has aborted before', async () => {
  const clock = new VirtualClock()
  const controller = new AbortController()
  const limit = deadline(clock, 50, { signal: controller.signal, reason: late })
  controller.abort(new Error('enough'))
  expect(limit.signal.reason).toEqual(new Error('enough'))
  await clock.advance(100)
  expect(limit.signal.reason).toEqual(new Error('enough'))
  const second = deadline(clock, 50, { signal: controller.signal, reason: late })
  expect(second.signal.aborted).toBe(true)
  second.clear()
})

test('a real sleep ends at once when aborted, and does not start when aborted before', async () => {
  const controller = new AbortController()
  const sleeping = systemClock.sleep(60_000, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(sleeping).rejects.toThrow('enough')
  await expect(systemClock.sleep(60_000, { signal: controller.signal })).rejects.toThrow('enough')
})

test('a real sleep may be longer than the timer of the machine can count', async () => {
  vi.useFakeTimers()
  const monthMs = 30 * 24 * 3_600_000
  let isAwake = false
  const sleeping = systemClock.sleep(monthMs).then(() => {
    isAwake = true
  })
  await vi.advanceTimersByTimeAsync(monthMs - 1)
  expect(isAwake).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await sleeping
  expect(isAwake).toBe(true)
})

test('monotonic time does not go back', () => {
  const times = Array.from({ length: 1000 }, () => systemClock.monotonicMs())
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})
