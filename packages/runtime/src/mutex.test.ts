import { expect, test } from 'vitest'
import { Mutex } from './mutex.ts'

test('sections run one at a time, first come first served', async () => {
  const mutex = new Mutex()
  const events: string[] = []
  const section = (name: string, turns: number) => async () => {
    events.push(`${name} in`)
    for (let i = 0; i < turns; i++) await Promise.resolve()
    events.push(`${name} out`)
    return name
  }
  const results = await Promise.all([
    mutex.run(section('a', 9)),
    mutex.run(section('b', 0)),
    mutex.run(section('c', 3)),
  ])
  expect(results).toEqual(['a', 'b', 'c'])
  expect(events).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
})

test.each([
  ['rejects', () => Promise.reject(new Error('broken'))],
  [
    'throws at once',
    () => {
      throw new Error('broken')
    },
  ],
])('a section that %s fails alone: the next one still runs', async (_, broken: () => Promise<never>) => {
  const mutex = new Mutex()
  const failing = mutex.run(broken)
  const next = mutex.run(async () => 'fine')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('fine')
  expect(await mutex.run(async () => 'later')).toBe('later')
})
