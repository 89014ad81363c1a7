import { expect, it } from 'vitest'
import { quietMachine } from './quiet-machine.ts'

it('gives up waiting for a quiet machine after a minute', async () => {
  let nowMs = 0
  const clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    },
  }
  await quietMachine(clock, new AbortController().signal)
  expect(nowMs).toBeLessThanOrEqual(60_000)
})
