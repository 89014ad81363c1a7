/** @module Which unbonding lock is meant. */
import type { UnbondingLock } from '@tessera/chain/contracts/staking'
import { formatLpt } from '../amounts.ts'
import { NotFoundError, UsageError } from '../problems.ts'

/** The lock with that id, or the only one there is. @throws {NotFoundError} when it is not there. @throws {UsageError} when there are several. */
export function pickLock(locks: readonly UnbondingLock[], id: bigint | undefined): UnbondingLock {
  const list = locks.map((lock) => `${lock.id} (${formatLpt(lock.amount)})`).join(', ')
  if (id !== undefined) {
    const found = locks.find((lock) => lock.id === id)
    if (found) return found
    throw new NotFoundError(
      `There is no unbonding lock ${id}.`,
      list ? `There is: ${list}.` : 'The account has none; tessera stake unbond makes one.',
    )
  }
  const [only] = locks
  if (!only) throw new NotFoundError('There is no unbonding lock.', 'tessera stake unbond makes one.')
  if (locks.length > 1) throw new UsageError('There is more than one unbonding lock.', `Name one: ${list}.`)
  return only
}
