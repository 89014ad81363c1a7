import { expect, it } from 'vitest'
import { inOrder } from './in-order.ts'

it('tells results in the order in which their work began, whatever ends first', async () => {
  const told: string[] = []
  const add = inOrder<string>((result) => void told.push(result))
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const both = [add(first.promise), add(second.promise)]
  second.resolve('second')
  await new Promise(setImmediate)
  expect(told).toEqual([])
  first.resolve('first')
  expect(await Promise.all(both)).toEqual(['first', 'second'])
  expect(told).toEqual(['first', 'second'])
})

it('hands a failure to whoever began that work, and tells of what came after it', async () => {
  const told: string[] = []
  const add = inOrder<string>((result) => void told.push(result))
  const outcomes = await Promise.allSettled([
    add(Promise.reject(new Error('refused'))),
    add(Promise.resolve('second')),
  ])
  expect(outcomes).toMatchObject([{ reason: { message: 'refused' } }, { value: 'second' }])
  expect(told).toEqual(['second'])
})
