import { type Address, address, ZERO_ADDRESS } from '@tessera/protocol/address'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_HINT, SortedPool } from './sorted-pool.ts'

const [A, B, C] = ['a', 'b', 'c'].map((digit) => address(digit.repeat(40))) as [Address, Address, Address]
const NONE = ZERO_ADDRESS
const LETTERS = new Map([
  [A, 'A'],
  [B, 'B'],
  [C, 'C'],
])

const orderOf = (pool: SortedPool) => pool.members.map(({ id }) => LETTERS.get(id)).join('>')
const twoEquals = new SortedPool(10n, [
  { id: A, key: 5n },
  { id: B, key: 5n },
])

// The order among equals decides who is evicted.
test.each([
  ['none', NONE, NONE, 'C>A>B'],
  ['after B', B, NONE, 'A>B>C'],
  ['before B', NONE, B, 'A>B>C'],
  ['after A', A, NONE, 'C>A>B'],
  ['between A and B', A, B, 'A>C>B'],
  ['before A', NONE, A, 'C>A>B'],
  ['between B and A', B, A, 'A>B>C'],
])('among equals the hint "%s" decides', (_, prev, next, expected) => {
  expect(orderOf(twoEquals.with(C, 5n, { prev, next }))).toBe(expected)
})

test('stays sorted whatever the hints', () => {
  const account = fc.integer({ min: 0, max: 30 }).map((n) => address(String(n).padStart(40, '0')))
  const step = fc.record({ id: account, key: fc.bigInt(1n, 20n), prev: account, next: account })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let pool = new SortedPool(8n)
      for (const { id, key, prev, next } of steps) {
        if (pool.contains(id)) pool = pool.withKey(id, key, { prev, next })
        else if (!pool.isFull) pool = pool.with(id, key, { prev, next })
        const keys = pool.members.map((member) => member.key)
        expect(keys).toEqual([...keys].sort((a, b) => Number(b - a)))
        expect(new Set(pool.members.map((member) => member.id)).size).toBe(keys.length)
      }
    }),
  )
})

test('key 0 removes, and an absent member cannot be moved', () => {
  expect(orderOf(twoEquals.withKey(A, 0n, NO_HINT))).toBe('B')
  expect(() => twoEquals.withKey(C, 1n, NO_HINT)).toThrow('NotInPool')
})

test('can grow but not shrink', () => {
  expect(twoEquals.withMaxSize(11n).maxSize).toBe(11n)
  expect(() => twoEquals.withMaxSize(10n)).toThrow('PoolSizeCannotShrink')
})
