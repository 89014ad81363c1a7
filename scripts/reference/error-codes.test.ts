import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readErrorCodes } from './error-codes.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-codes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(source: string) {
  const path = join(folder, 'source.ts')
  writeFileSync(path, source)
  return readErrorCodes([path]).map(({ code, message, advice }) => ({ code, message, advice }))
}

test('reads code, message and advice of a class; values are shown by name', () => {
  const codes = read(`class A extends BaseError { constructor(f: F) { super({
    code: 'A_CODE', message: \`No \${f.what} within \${f()} ms.\`, advice: 'Wait.' }) } }`)
  expect(codes).toEqual([{ code: 'A_CODE', message: 'No ‹what› within ‹…› ms.', advice: 'Wait.' }])
})

test('a code, message and advice under the same condition belong together', () => {
  const codes = read(`class A extends BaseError { constructor() { super({
    code: taken ? 'TAKEN' : 'FAILED', message: taken ? 'Taken.' : 'Failed.', advice: taken ? 'Stop it.' : 'Look.' }) } }`)
  expect(codes).toEqual([
    { code: 'TAKEN', message: 'Taken.', advice: 'Stop it.' },
    { code: 'FAILED', message: 'Failed.', advice: 'Look.' },
  ])
})

test('codes of a table have the words of the table', () => {
  const codes = read(`const KINDS = { ONE: { message: 'One.', advice: 'Do.' } } as const
    type Code = keyof typeof KINDS
    class A extends BaseError { constructor(code: Code) { super({ code, ...KINDS[code] }) } }`)
  expect(codes).toEqual([{ code: 'ONE', message: 'One.', advice: 'Do.' }])
})

test('codes of a union have the words of their comments', () => {
  const codes = read(`type Code =
      /** The first. Try again. */
      | 'ONE'
      /** The second. */
      | 'TWO'
    class A extends BaseError { declare readonly code: Code
      constructor(o: O) { super({ code: o.code, message: o.message }) } }`)
  expect(codes).toEqual([
    { code: 'ONE', message: 'The first. Try again.', advice: '' },
    { code: 'TWO', message: 'The second.', advice: '' },
  ])
})

test('codes with advice only take the message from where they are thrown', () => {
  const codes = read(`const ADVICE = { ONE: 'Do.' }
    class A extends BaseError { constructor(code: keyof typeof ADVICE, message: string) {
      super({ code, message, advice: ADVICE[code] }) } }
    throw new A('ONE', 'It broke.')`)
  expect(codes).toEqual([{ code: 'ONE', message: 'It broke.', advice: 'Do.' }])
})

test('errors thrown without a class are found, other classes are not', () => {
  const codes = read(`throw new BaseError({ code: 'PLAIN', message: 'Plain.' })
    class Other extends Thing { constructor() { super({ code: 'OTHER', message: 'Other.' }) } }`)
  expect(codes.map(({ code }) => code)).toEqual(['PLAIN'])
})

test('a code that nothing explains is refused by name', () => {
  const source = `class A extends BaseError { constructor(m: string) { super({ code: 'DARK', message: m }) } }`
  expect(() => read(source)).toThrow(/DARK/)
})
