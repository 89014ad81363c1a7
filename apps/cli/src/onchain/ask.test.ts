import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askYes } from './ask.ts'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'

test.each([
  ['y\n', true],
  ['YES\n', true],
  ['n\n', false],
  ['\n', false],
  [CTRL_C, false],
  [CTRL_D, false],
])('only a yes is one: %j', async (typed, isYes) => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const answer = askYes('Go on?', { input, output, terminal: true })
  input.write(typed)
  expect(await answer).toBe(isYes)
  expect(String(output.read())).toContain('Go on? [y/N] ')
})

test('input that ends is no yes', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const answer = askYes('Go on?', { input, output, terminal: false })
  input.end()
  expect(await answer).toBe(false)
})
