import { type Address, address, ZERO_ADDRESS } from '@tessera/protocol/address'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveInPool, NO_HINT, type PoolMember } from './pool-hints.ts'

const account = (index: number): Address => address(index.toString(16).padStart(40, '0'))
const [A, B, C, D] = [account(1), account(2), account(3), account(4)]
const pool: readonly PoolMember[] = [
  { address: A, stake: 30n },
  { address: B, stake: 20n },
  { address: C, stake: 10n },
]
const order = (members: readonly PoolMember[]): readonly Address[] => members.map(({ address: at }) => at)

test.each([
  ['joins in the middle', D, 15n, { prev: B, next: C }, [A, B, D, C]],
  ['joins at the head', D, 31n, { prev: ZERO_ADDRESS, next: A }, [D, A, B, C]],
  ['joins at the tail', D, 1n, { prev: C, next: ZERO_ADDRESS }, [A, B, C, D]],
  ['stands before its equals', D, 20n, { prev: A, next: B }, [A, D, B, C]],
  ['rises', C, 25n, { prev: A, next: B }, [A, C, B]],
  ['stays where it is, which no hint may name', B, 21n, { prev: A, next: C }, [A, B, C]],
  ['leaves', B, 0n, NO_HINT, [A, C]],
])('an orchestrator %s', (_, who, stake, hint, after) => {
  const moved = moveInPool(pool, { address: who, stake }, 10n)
  expect(moved.hint).toEqual(hint)
  expect(order(moved.pool)).toEqual(after)
})

test('the first in an empty pool has no neighbours', () => {
  expect(moveInPool([], { address: A, stake: 1n }, 10n).hint).toEqual(NO_HINT)
})

test('a full pool takes one with more stake than its last, which leaves', () => {
  const moved = moveInPool(pool, { address: D, stake: 11n }, 3n)
  expect(moved.hint).toEqual({ prev: B, next: ZERO_ADDRESS })
  expect(order(moved.pool)).toEqual([A, B, D])
})

test('a full pool does not take one with as much stake as its last', () => {
  expect(moveInPool(pool, { address: D, stake: 10n }, 3n)).toEqual({ pool, hint: NO_HINT })
})

test('keeps the pool in order and within its size, and names neighbours in it', () => {
  const step = fc.record({ who: fc.integer({ min: 1, max: 8 }), stake: fc.bigInt({ min: 0n, max: 20n }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let members: readonly PoolMember[] = []
      for (const { who, stake } of steps) {
        const moved = moveInPool(members, { address: account(who), stake }, 5n)
        members = moved.pool
        const at = order(members).indexOf(account(who))
        if (at >= 0 && members[at]!.stake === stake) {
          expect(moved.hint.prev).toBe(members[at - 1]?.address ?? ZERO_ADDRESS)
          expect(moved.hint.next).toBe(members[at + 1]?.address ?? ZERO_ADDRESS)
        }
      }
      expect(members.length).toBeLessThanOrEqual(5)
      expect(members.map(({ stake }) => stake)).toEqual(
        members.map(({ stake }) => stake).toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
      )
    }),
  )
})
