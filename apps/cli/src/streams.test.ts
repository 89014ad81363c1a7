import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { prepareStream } from './streams.ts'

const streamOf = (facts: { isTTY: boolean; columns?: number }): PassThrough & typeof facts =>
  Object.assign(new PassThrough(), facts)

test.each([
  [{ isTTY: true, columns: 0 }, 80],
  [{ isTTY: true, columns: 120 }, 120],
  [{ isTTY: false }, undefined],
])('a terminal without a width has the usual one: %o', (facts, columns) => {
  const stream = streamOf(facts)
  prepareStream(stream)
  expect(stream.columns).toBe(columns)
})

test('a reader that went away is no failure, and another problem is', () => {
  const stream = streamOf({ isTTY: false })
  prepareStream(stream)
  expect(() => stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }))).not.toThrow()
  expect(() => stream.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full')
})
