import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { ScopeClosedError, TaskScope } from './task-scope.ts'

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

test('the first failure aborts the siblings with its error and is told once', async () => {
  const clock = new VirtualClock()
  const told: unknown[] = []
  await using scope = new TaskScope({ onFailure: (failure) => told.push(failure) })
  const broken = new Error('broken')
  let siblingSaw: unknown
  scope.run('failing', async (signal) => {
    await clock.sleep(10, { signal })
    throw broken
  })
  scope.run('sibling', async (signal) => {
    await untilAborted(signal).catch((reason: unknown) => {
      siblingSaw = reason
    })
    throw new Error('failed while stopping')
  })
  await clock.advance(9)
  expect(scope.signal.aborted).toBe(false)
  await clock.advance(1)
  expect(siblingSaw).toBe(broken)
  expect(scope.signal.reason).toBe(broken)
  expect(told).toEqual([{ task: 'failing', error: broken }])
})

test('work that throws before its first await is a failed task, not an error of the caller', async () => {
  const told: string[] = []
  await using scope = new TaskScope({ onFailure: ({ task }) => told.push(task) })
  scope.run('hasty', () => {
    throw new Error('at once')
  })
  await Promise.resolve()
  expect(told).toEqual(['hasty'])
  expect(scope.signal.aborted).toBe(true)
})

test('a task that ends well leaves the others running', async () => {
  const clock = new VirtualClock()
  await using scope = new TaskScope()
  scope.run('short', () => clock.sleep(1))
  scope.run('long', (signal) => clock.sleep(100, { signal }))
  await clock.advance(50)
  expect(scope.signal.aborted).toBe(false)
  expect(clock.sleeping).toBe(1)
})

test('closing aborts, waits for all tasks, then cleans up in reverse order', async () => {
  const clock = new VirtualClock()
  const events: string[] = []
  const scope = new TaskScope({ onFailure: () => events.push('failure') })
  scope.defer(() => events.push('opened first'))
  scope.defer(async () => {
    await clock.sleep(5)
    events.push('opened last')
  })
  scope.run('slow to stop', async (signal) => {
    await untilAborted(signal).catch((reason: unknown) => events.push((reason as Error).name))
    await clock.sleep(20)
    events.push('stopped')
  })
  const closing = scope.close().then(() => events.push('closed'))
  await clock.advance(19)
  expect(events).toEqual([new ScopeClosedError().name])
  await clock.advance(100)
  await closing
  expect(events).toEqual(['ScopeClosedError', 'stopped', 'opened last', 'opened first', 'closed'])
})

test('closing again is the same closing', async () => {
  let cleanups = 0
  const scope = new TaskScope()
  scope.defer(() => cleanups++)
  await Promise.all([scope.close(), scope.close()])
  await scope[Symbol.asyncDispose]()
  expect(cleanups).toBe(1)
})

test('starts nothing once it is aborting', async () => {
  const scope = new TaskScope()
  await scope.close()
  let isStarted = false
  scope.run('late', async () => {
    isStarted = true
  })
  expect(isStarted).toBe(false)
})

test('a clean-up that fails does not keep the others from running', async () => {
  const events: string[] = []
  const scope = new TaskScope()
  scope.defer(() => events.push('first'))
  scope.defer(() => Promise.reject(new Error('stuck')))
  scope.defer(() => events.push('last'))
  const error: unknown = await scope.close().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AggregateError)
  expect((error as AggregateError).errors).toEqual([new Error('stuck')])
  expect(events).toEqual(['last', 'first'])
})

test('a clean-up that comes after the closing runs at once', async () => {
  const events: string[] = []
  const scope = new TaskScope({ onFailure: ({ task, error }) => events.push(`${task}: ${error}`) })
  await scope.close()
  scope.defer(() => events.push('cleaned'))
  scope.defer(() => Promise.reject(new Error('stuck')))
  await Promise.resolve()
  expect(events).toEqual(['cleaned', 'clean-up: Error: stuck'])
})

test('a clean-up may add another', async () => {
  const events: string[] = []
  const scope = new TaskScope()
  scope.defer(() => {
    events.push('outer')
    scope.defer(() => events.push('inner'))
  })
  await scope.close()
  expect(events).toEqual(['outer', 'inner'])
})

test('a listener that throws neither stops the clean-ups nor goes unheard', async () => {
  const events: string[] = []
  const scope = new TaskScope({
    onFailure: () => {
      throw new Error('bad listener')
    },
  })
  scope.defer(() => events.push('cleaned'))
  scope.run('failing', () => Promise.reject(new Error('broken')))
  await Promise.resolve()
  await expect(scope.close()).rejects.toMatchObject({ errors: [new Error('bad listener')] })
  expect(events).toEqual(['cleaned'])
})
