import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { pixels, seq } from '@tessera/protocol/units'
import { silentLog } from '@tessera/runtime/log'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import type { TranscodeJob } from './transcode-job.ts'
import { WorkError } from './work-error.ts'
import { WorkerPool, type WorkerSeat, type WorkerTask } from './worker-pool.ts'

const ALL = 67_133_439n

function setUp() {
  const clock = new VirtualClock()
  let keys = 0
  const pool = new WorkerPool({ clock, log: silentLog, newSourceKey: () => `key${keys++}` })
  return { clock, pool }
}

const job = (changes: Partial<TranscodeJob> = {}): TranscodeJob => ({
  sessionId: 's1',
  manifestId: 'demo',
  seq: seq(0),
  durationMs: 2000,
  bytes: Uint8Array.of(1, 2, 3),
  profiles: DEFAULT_LADDER.slice(0, 1),
  capabilities: 0n,
  timeoutMs: 8000,
  check: (answer) =>
    answer.kind === 'failed'
      ? new WorkError(answer.text)
      : { renditions: answer.renditions.map((bytes) => ({ bytes, pixels: pixels(1n) })) },
  ...changes,
})

async function nextTask(seat: WorkerSeat): Promise<WorkerTask> {
  for await (const task of { [Symbol.asyncIterator]: () => tasksOf(seat) }) return task
  throw new Error('no task')
}

// One iterator a seat: leaving a queue's own iterator would end the queue.
const iterators = new WeakMap<WorkerSeat, AsyncIterator<WorkerTask>>()
function tasksOf(seat: WorkerSeat): AsyncIterator<WorkerTask> {
  const iterator = iterators.get(seat) ?? seat.tasks[Symbol.asyncIterator]()
  iterators.set(seat, iterator)
  return { next: () => iterator.next() }
}

test('the worker gets the bytes by a key, and its answer is the result', async () => {
  const { pool } = setUp()
  const seat = pool.register({ capacity: 1, capabilities: ALL })
  const result = pool.run(job())
  const task = await nextTask(seat)
  expect(task.taskId).toBe(0)
  expect(pool.source(task.sourceKey)).toEqual(Uint8Array.of(1, 2, 3))
  pool.settle(task.taskId, { kind: 'done', renditions: [Uint8Array.of(9)] })
  expect((await result).renditions[0]?.bytes).toEqual(Uint8Array.of(9))
  expect(pool.source(task.sourceKey)).toBeUndefined()
})

test('a segment whose worker dies moves to another at once', async () => {
  const { pool } = setUp()
  const first = pool.register({ capacity: 1, capabilities: ALL })
  const result = pool.run(job())
  await nextTask(first)
  const second = pool.register({ capacity: 1, capabilities: ALL })
  first.leave()
  const task = await nextTask(second)
  pool.settle(task.taskId, { kind: 'done', renditions: [Uint8Array.of(8)] })
  expect((await result).renditions).toHaveLength(1)
  expect(pool.retried).toBe(1)
})

test('a session stays with its worker, another goes to the least loaded', async () => {
  const { pool } = setUp()
  const first = pool.register({ capacity: 2, capabilities: ALL })
  const second = pool.register({ capacity: 2, capabilities: ALL })
  const running = [pool.run(job()), pool.run(job()), pool.run(job({ sessionId: 's2' }))]
  expect([first.tasks.size, second.tasks.size]).toEqual([2, 1])
  for (const id of [0, 1, 2]) pool.settle(id, { kind: 'done', renditions: [] })
  await Promise.all(running)
})

test('a failure that is the segment’s own is not tried again', async () => {
  const { pool } = setUp()
  pool.register({ capacity: 1, capabilities: ALL })
  const second = pool.register({ capacity: 1, capabilities: ALL })
  const result = pool.run(job())
  pool.settle(0, { kind: 'failed', text: 'No keyframes in input' })
  await expect(result).rejects.toMatchObject({ message: 'No keyframes in input' })
  expect(second.tasks.size).toBe(0)
})

test('a segment that fails everywhere ends with the last worker’s text', async () => {
  const { pool } = setUp()
  for (let i = 0; i < 4; i++) pool.register({ capacity: 1, capabilities: ALL })
  const result = expect(pool.run(job())).rejects.toMatchObject({ message: 'broken 2' })
  for (const id of [0, 1, 2]) {
    pool.settle(id, { kind: 'failed', text: `broken ${id}` })
    await new Promise(setImmediate)
  }
  await result
})

test('says why there is no worker: none at all, none able, all busy', async () => {
  const { pool } = setUp()
  await expect(pool.run(job())).rejects.toMatchObject({ message: 'no transcoders available' })
  pool.register({ capacity: 1, capabilities: 1n })
  await expect(pool.run(job({ capabilities: 2n }))).rejects.toMatchObject({
    message: 'no transcoders can provide requested capabilities',
  })
  const queued = [pool.run(job()), pool.run(job())]
  await expect(pool.run(job())).rejects.toMatchObject({ message: 'TranscoderBusy' })
  for (const id of [0, 1]) pool.settle(id, { kind: 'done', renditions: [] })
  await Promise.all(queued)
})

test('a worker that lets the deadline pass is dropped', async () => {
  const { pool, clock } = setUp()
  pool.register({ capacity: 1, capabilities: ALL })
  const result = expect(pool.run(job())).rejects.toMatchObject({ message: 'Remote transcoder took too long' })
  await clock.advance(8000)
  await result
  expect(pool.workers).toEqual([])
})
