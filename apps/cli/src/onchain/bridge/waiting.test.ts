import { expect, test } from 'vitest'
import { NotYetError } from './not-yet.ts'
import { waitFor } from './waiting.ts'

const late = async () => new NotYetError('Withdrawal 1 can be claimed in about 12 s.', 'Later.')
const wait = { late, advice: 'Run it again.' }
const nothing = async () => undefined

test('ends with what is found', async () => {
  expect(await waitFor(async () => 'arrived', { ...wait, seconds: 60 })).toBe('arrived')
})

test('says what is known when the time is up', async () => {
  await expect(waitFor(nothing, { ...wait, seconds: 0.01 })).rejects.toThrow('can be claimed in about 12 s')
})

test('blames nobody at Ctrl-C', async () => {
  const listeners = process.listeners('SIGINT')
  const waiting = waitFor(nothing, { ...wait, seconds: 60 })
  const [added] = process.listeners('SIGINT').filter((one) => !listeners.includes(one))
  added?.('SIGINT')
  await expect(waiting).rejects.toMatchObject({ message: 'You stopped waiting.', advice: 'Run it again.' })
  expect(process.listeners('SIGINT')).toEqual(listeners)
})
