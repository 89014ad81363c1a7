import { lpt, round } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { exitCodeOf } from '../exit-codes.ts'
import { pickLock } from './pick-lock.ts'

const lock = (id: bigint) => ({ id, amount: lpt(10n), withdrawRound: round(3n) })

function statusOf(run: () => unknown): number {
  try {
    run()
    return 0
  } catch (error) {
    return exitCodeOf(error)
  }
}

test('takes the named lock, or the only one', () => {
  expect(pickLock([lock(1n), lock(2n)], 2n)).toEqual(lock(2n))
  expect(pickLock([lock(1n)], undefined)).toEqual(lock(1n))
})

test('a lock that is not there has the exit status of that, and one that is not named that of a wrong use', () => {
  expect(statusOf(() => pickLock([lock(1n)], 0n))).toBe(9)
  expect(statusOf(() => pickLock([], 0n))).toBe(9)
  expect(statusOf(() => pickLock([], undefined))).toBe(9)
  expect(statusOf(() => pickLock([lock(1n), lock(2n)], undefined))).toBe(2)
})
