/** @module Taking stake away from a delegate, back again, or to another account. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { claim, requireClaimAllowed } from './claims.ts'
import { carryForward } from './factors.ts'
import { checkpoint, isUnbonded, requireRewardBeforeRejoin } from './facts.ts'
import { openRound } from './guards.ts'
import { revert } from './revert.ts'
import type { LockRow } from './rows.ts'
import type { Hint } from './sorted-pool.ts'
import { decreaseStake, increaseStake, poolOf, resign } from './stake-pool.ts'
import { lockKey, type State } from './state.ts'
import { AMOUNT_BITS, checked, fitRound } from './widths.ts'

export function unbond(s: State, by: Address, amount: bigint, hint: Hint): void {
  unbondInto(s, by, amount, openRound(s), hint)
}

/** @returns the id of the new lock. */
function unbondInto(s: State, by: Address, amount: bigint, round: bigint, hint: Hint): bigint {
  const { delegators } = s.tables
  claim(s, by, round)
  const { bondedAmount, startRound, delegateAddress: delegate } = delegators.get(by)
  if (bondedAmount === 0n || startRound > round) revert('CallerMustBeBonded', { caller: by })
  if (amount === 0n) revert('UnbondAmountIsZero', {})
  if (amount > bondedAmount) revert('UnbondAmountExceedsBonded', { amount, bonded: bondedAmount })
  const withdrawRound = fitRound(round + s.cells.stake.row.unbondingPeriod)
  const lockId = addLock(s, by, { amount, withdrawRound })
  delegators.update(by, { bondedAmount: bondedAmount - amount })
  if (amount === bondedAmount) {
    delegators.update(by, { delegateAddress: ZERO_ADDRESS, startRound: 0n })
    if (poolOf(s).contains(by)) resign(s, by, round)
  }
  decreaseStake(s, delegate, amount, round, hint)
  if (delegate !== by) checkpoint(s, delegate, round)
  s.emit({
    name: 'Unbond',
    args: { delegate, delegator: by, unbondingLockId: lockId, amount, withdrawRound },
  })
  checkpoint(s, by, round)
  return lockId
}

/** Back to the present delegate. */
export function rebond(s: State, by: Address, lockId: bigint, hint: Hint): void {
  const round = openRound(s)
  claim(s, by, round)
  if (isUnbonded(s, by)) revert('CallerMustBeBonded', { caller: by })
  rebondLock(s, by, lockId, round, hint)
}

/** By an account without stake, to any delegate. */
export function rebondFromUnbonded(s: State, by: Address, to: Address, lockId: bigint, hint: Hint): void {
  const round = openRound(s)
  claim(s, by, round)
  if (!isUnbonded(s, by)) revert('CallerMustBeUnbonded', { caller: by })
  carryForward(s, to, round)
  s.tables.delegators.update(by, { startRound: round + 1n, delegateAddress: to })
  rebondLock(s, by, lockId, round, hint)
}

export type TransferRequest = {
  readonly to: Address
  readonly amount: bigint
  /** Place of the caller's delegate. */
  readonly oldHint: Hint
  /** Place of the receiver's delegate. */
  readonly newHint: Hint
}

/** Gives stake to another account without an unbonding period; it follows the receiver's delegate. */
export function transferBond(s: State, by: Address, { to, amount, oldHint, newHint }: TransferRequest): void {
  const round = openRound(s)
  requireClaimAllowed(s, by, to, round)
  claim(s, by, round)
  const oldDelegate = s.tables.delegators.get(by).delegateAddress
  const oldLockId = unbondInto(s, by, amount, round, oldHint)
  const newLockId = addLock(s, to, takeLock(s, by, oldLockId))
  s.emit({
    name: 'TransferBond',
    args: {
      oldDelegator: by,
      newDelegator: to,
      oldUnbondingLockId: oldLockId,
      newUnbondingLockId: newLockId,
      amount,
    },
  })
  claim(s, to, round)
  adoptDelegate(s, to, oldDelegate, round)
  rebondLock(s, to, newLockId, round, newHint)
}

/** An account without stake that is given some follows the giver's delegate, but never becomes its own. */
function adoptDelegate(s: State, account: Address, delegate: Address, round: bigint): void {
  const { delegators } = s.tables
  if (!isUnbonded(s, account)) return
  if (delegators.get(account).delegateAddress === ZERO_ADDRESS) {
    if (account === delegate || account === ZERO_ADDRESS) revert('InvalidDelegator', { delegator: account })
    delegators.update(account, { delegateAddress: delegate })
  }
  delegators.update(account, { startRound: round + 1n })
}

function rebondLock(s: State, account: Address, lockId: bigint, round: bigint, hint: Hint): void {
  const { delegators } = s.tables
  const { amount } = takeLock(s, account, lockId)
  const { delegateAddress: delegate, bondedAmount } = delegators.get(account)
  requireRewardBeforeRejoin(s, delegate, round)
  delegators.update(account, { bondedAmount: checked(bondedAmount + amount, AMOUNT_BITS) })
  increaseStake(s, delegate, amount, round, hint)
  if (delegate !== account) checkpoint(s, delegate, round)
  s.emit({ name: 'Rebond', args: { delegate, delegator: account, unbondingLockId: lockId, amount } })
  checkpoint(s, account, round)
}

function addLock(s: State, account: Address, lock: LockRow): bigint {
  const { nextUnbondingLockId: id } = s.tables.delegators.get(account)
  s.tables.delegators.update(account, { nextUnbondingLockId: id + 1n })
  s.tables.locks.update(lockKey(account, id), lock)
  return id
}

/** @throws {Revert} InvalidUnbondingLock */
export function takeLock(s: State, account: Address, id: bigint): LockRow {
  const lock = s.tables.locks.get(lockKey(account, id))
  if (lock.withdrawRound === 0n) {
    revert('InvalidUnbondingLock', { delegator: account, unbondingLockId: id })
  }
  s.tables.locks.delete(lockKey(account, id))
  return lock
}
