import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { BaseError } from './errors.ts'
import { type RetryOptions, retry } from './retry.ts'

class FlakyError extends BaseError {
  constructor(retryable: boolean) {
    super({ code: 'FLAKY', message: 'Not now.', retryable })
  }
}

function options(clock: VirtualClock, more: Partial<RetryOptions> = {}): RetryOptions {
  const random = { bytes: (count: number) => new Uint8Array(count), uniform: () => 1 - 2 ** -53 }
  return { clock, random, attempts: 4, firstDelayMs: 100, maxDelayMs: 300, ...more }
}

test('pauses double up to the longest, and the last error is thrown', async () => {
  const clock = new VirtualClock()
  const calls: [attempt: number, atMs: number][] = []
  const call = async (attempt: number): Promise<never> => {
    calls.push([attempt, Math.round(clock.monotonicMs())])
    throw new FlakyError(true)
  }
  const trying = expect(retry(call, options(clock))).rejects.toMatchObject({ code: 'FLAKY' })
  await clock.advance(10_000)
  await trying
  expect(calls).toEqual([
    [1, 0],
    [2, 100],
    [3, 300],
    [4, 600],
  ])
})

test('the jitter never makes a pause shorter than half', async () => {
  const clock = new VirtualClock()
  const random = { bytes: (count: number) => new Uint8Array(count), uniform: () => 0 }
  const trying = retry(
    async (attempt) => {
      if (attempt === 1) throw new FlakyError(true)
      return clock.monotonicMs()
    },
    options(clock, { random }),
  )
  await clock.advance(1000)
  expect(await trying).toBe(50)
})

test.each([
  ['an error that says it is final', new FlakyError(false)],
  ['an error that is not ours', new Error('unknown')],
])('does not repeat after %s', async (_, error) => {
  const clock = new VirtualClock()
  let calls = 0
  const call = async () => {
    calls++
    throw error
  }
  await expect(retry(call, options(clock))).rejects.toBe(error)
  expect(calls).toBe(1)
})

test('the caller may say what is worth repeating', async () => {
  const clock = new VirtualClock()
  const trying = retry(
    async (attempt) => {
      if (attempt < 3) throw new Error('unknown')
      return attempt
    },
    options(clock, { isRetryable: () => true }),
  )
  await clock.advance(1000)
  expect(await trying).toBe(3)
})

test('an abort ends the pause with its reason', async () => {
  const clock = new VirtualClock()
  const controller = new AbortController()
  const trying = retry(
    () => Promise.reject(new FlakyError(true)),
    options(clock, { signal: controller.signal }),
  )
  const outcome = expect(trying).rejects.toThrow('enough')
  await clock.advance(10)
  controller.abort(new Error('enough'))
  await outcome
  expect(clock.sleeping).toBe(0)
})

test('does not call at all when aborted before', async () => {
  let calls = 0
  const call = async () => calls++
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(retry(call, options(new VirtualClock(), { signal }))).rejects.toThrow('enough')
  expect(calls).toBe(0)
})
