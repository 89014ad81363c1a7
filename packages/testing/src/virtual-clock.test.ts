import { deadline } from '@tessera/runtime/clock'
import { expect, test } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

test('wakes sleepers in order of time, then of call', async () => {
  const clock = new VirtualClock()
  const woken: string[] = []
  const sleep = (name: string, ms: number) =>
    clock.sleep(ms).then(() => woken.push(`${name}@${clock.monotonicMs()}`))
  const all = [sleep('late', 30), sleep('first', 10), sleep('second', 10)]
  await clock.advance(20)
  expect(woken).toEqual(['first@10', 'second@10'])
  await clock.advance(10)
  await Promise.all(all)
  expect(woken).toEqual(['first@10', 'second@10', 'late@30'])
  expect(clock.sleeping).toBe(0)
})

test('runs chains of sleeps inside one advance at their exact times', async () => {
  const clock = new VirtualClock()
  const times: number[] = []
  const chain = (async () => {
    for (let i = 0; i < 3; i++) {
      await clock.sleep(100)
      times.push(clock.monotonicMs())
    }
  })()
  await clock.advance(1000)
  await chain
  expect(times).toEqual([100, 200, 300])
})

test('an aborted sleep rejects with the reason of the signal and leaves nothing behind', async () => {
  const clock = new VirtualClock()
  const controller = new AbortController()
  const slept = clock.sleep(100, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(slept).rejects.toThrow('enough')
  expect(clock.sleeping).toBe(0)
})

test('drives deadlines', async () => {
  const clock = new VirtualClock()
  const { signal } = deadline(clock, 50, { reason: () => new Error('too late') })
  await clock.advance(49)
  expect(signal.aborted).toBe(false)
  await clock.advance(1)
  expect(signal.aborted).toBe(true)
})
