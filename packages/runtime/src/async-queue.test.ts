import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AsyncQueue } from './async-queue.ts'

const blocking = <T>(capacity: number) => new AsyncQueue<T>({ capacity, overflow: 'block' })

async function drain<T>(queue: AsyncQueue<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of queue) items.push(item)
  return items
}

test('delivers in order what was pushed before the end', async () => {
  const queue = blocking<number>(3)
  for (const item of [1, 2, 3]) expect(await queue.push(item)).toBe(true)
  queue.end()
  expect(await queue.push(4)).toBe(false)
  expect(queue.offer(4)).toBe(false)
  expect(await drain(queue)).toEqual([1, 2, 3])
})

test('a reader waits for the next item', async () => {
  const queue = blocking<string>(1)
  const reading = drain(queue)
  await queue.push('a')
  await queue.push('b')
  queue.end()
  expect(await reading).toEqual(['a', 'b'])
})

test('a full blocking queue refuses an offer and keeps a push waiting for room', async () => {
  const queue = blocking<number>(1)
  await queue.push(1)
  expect(queue.offer(2)).toBe(false)
  let isTaken: boolean | undefined
  const pushing = queue.push(2).then((taken) => {
    isTaken = taken
  })
  await Promise.resolve()
  expect(isTaken).toBeUndefined()
  const reader = queue[Symbol.asyncIterator]()
  expect(await reader.next()).toEqual({ done: false, value: 1 })
  await pushing
  expect(isTaken).toBe(true)
  expect(queue.size).toBe(1)
  expect(queue.dropped).toBe(0)
})

test('waiting producers come first, in the order of their calls, and no late offer gets past them', async () => {
  const queue = blocking<string>(1)
  const pushes = ['a', 'b', 'c', 'd'].map((item) => queue.push(item))
  const got: string[] = []
  for await (const item of queue) {
    got.push(item)
    expect(queue.offer('late')).toBe(got.length === 4)
    if (got.length === 4) queue.end()
  }
  expect(got).toEqual(['a', 'b', 'c', 'd', 'late'])
  expect(await Promise.all(pushes)).toEqual([true, true, true, true])
})

test('keeps to its capacity and to the order of any number of producers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
      async (capacity, counts) => {
        const queue = blocking<readonly [producer: number, item: number]>(capacity)
        const producers = counts.map(async (count, producer) => {
          for (let item = 0; item < count; item++) await queue.push([producer, item])
        })
        void Promise.all(producers).then(() => queue.end())
        const next = counts.map(() => 0)
        for await (const [producer, item] of queue) {
          expect(queue.size).toBeLessThanOrEqual(capacity)
          expect(item).toBe(next[producer]!++)
        }
        expect(next).toEqual(counts)
      },
    ),
    { seed: 1, numRuns: 50 },
  )
})

test('a push that still waits when the queue ends is refused', async () => {
  const queue = blocking<number>(1)
  await queue.push(1)
  const waiting = queue.push(2)
  queue.end()
  expect(await waiting).toBe(false)
  expect(await drain(queue)).toEqual([1])
})

test('drop-oldest loses the head and counts it', async () => {
  const queue = new AsyncQueue<number>({ capacity: 2, overflow: 'drop-oldest' })
  for (const item of [1, 2, 3, 4]) expect(await queue.push(item)).toBe(true)
  queue.end()
  expect(queue.dropped).toBe(2)
  expect(await drain(queue)).toEqual([3, 4])
})

test('latest-wins loses all that wait', async () => {
  const queue = new AsyncQueue<number>({ capacity: 2, overflow: 'latest-wins' })
  for (const item of [1, 2, 3]) queue.offer(item)
  queue.end()
  expect(queue.dropped).toBe(2)
  expect(await drain(queue)).toEqual([3])
})

test('a failure discards what waits, is thrown to the reader and refuses producers', async () => {
  const queue = blocking<number>(1)
  await queue.push(1)
  const waiting = queue.push(2)
  queue.fail(new Error('broken'))
  queue.end()
  expect(await waiting).toBe(false)
  expect(await queue.push(3)).toBe(false)
  await expect(drain(queue)).rejects.toThrow('broken')
})

test('a failure reaches a reader that waits, once', async () => {
  const queue = blocking<number>(1)
  const reader = queue[Symbol.asyncIterator]()
  const reading = reader.next()
  queue.fail(new Error('broken'))
  await expect(reading).rejects.toThrow('broken')
  expect(await reader.next()).toEqual({ done: true, value: undefined })
})

test('a consumer that stops early ends the queue, frees its items and lets waiting producers go', async () => {
  const queue = blocking<number>(2)
  const pushes = [1, 2, 3, 4].map((item) => queue.push(item))
  for await (const item of queue) if (item === 1) break
  expect(await Promise.all(pushes)).toEqual([true, true, true, false])
  expect(queue.size).toBe(0)
  expect(await queue.push(5)).toBe(false)
  expect(await drain(queue)).toEqual([])
})

test('returning ends a read that waits', async () => {
  const queue = blocking<number>(1)
  const reader = queue[Symbol.asyncIterator]()
  const reading = reader.next()
  await reader.return?.()
  expect(await reading).toEqual({ done: true, value: undefined })
})

test('several reads may wait; each gets its own item, in order', async () => {
  const queue = blocking<number>(2)
  const reader = queue[Symbol.asyncIterator]()
  const reads = [reader.next(), reader.next(), reader.next()]
  await queue.push(1)
  await queue.push(2)
  queue.end()
  expect((await Promise.all(reads)).map(({ value }) => value)).toEqual([1, 2, undefined])
})

test('a queue without room is refused', () => {
  expect(() => blocking(0)).toThrow(expect.objectContaining({ code: 'QUEUE_CAPACITY' }))
})
