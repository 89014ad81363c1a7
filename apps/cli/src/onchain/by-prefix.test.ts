import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byPrefix, shortIds } from './by-prefix.ts'

const texts = { what: 'proposal', list: 'tessera gov list' }
const named = (ids: readonly string[]) => ids.map((id, k) => ({ id, title: `title ${k}` }))

test('a beginning names the one thing that has it', () => {
  expect(byPrefix('1234', named(['12345678', '2234']), texts).title).toBe('title 0')
})

test('a whole id is meant even when a longer one begins with it', () => {
  expect(byPrefix('1234', named(['12345', '1234']), texts).title).toBe('title 1')
})

test('what several begin with is refused, and they are named', () => {
  const ids = ['1234567890', '1234567899', '9']
  expect(() => byPrefix('1234', named(ids), texts)).toThrow(
    '2 proposals begin with 1234: 1234567890 (title 0), 1234567899 (title 1).',
  )
  expect(() => byPrefix('5678', named(ids), texts)).toThrow('There is no proposal 5678.')
})

test('titles from the chain cannot move the cursor', () => {
  const all = ['12345', '12346'].map((id) => ({ id, title: 'a\u001b[2J' }))
  expect(() => byPrefix('1234', all, texts)).toThrow('12345 (a?[2J)')
})

test('the short forms lead back to their ids', () => {
  const id = fc.stringMatching(/^[12]{6,14}$/)
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 12 }), (ids) => {
      const all = named(ids)
      for (const [k, short] of shortIds(ids).entries()) expect(byPrefix(short, all, texts)).toBe(all[k])
    }),
  )
})
