/** @module Joining and leaving the pool of the next round, and the stake delegated to each account. */
import type { Address } from '@tessera/protocol/address'
import { isActive, isRegistered } from './facts.ts'
import { minus } from './revert.ts'
import { NEVER } from './rows.ts'
import type { Hint, SortedPool } from './sorted-pool.ts'
import { earningsKey, type State } from './state.ts'
import { AMOUNT_BITS, checked, fit } from './widths.ts'

export function poolOf(s: State): SortedPool {
  return s.cells.pool.row.sorted
}

function setPool(s: State, sorted: SortedPool): void {
  s.cells.pool.update({ sorted })
}

function addToNextRound(s: State, amount: bigint): void {
  const { nextRoundTotalActiveStake } = s.cells.stake.row
  s.cells.stake.update({
    nextRoundTotalActiveStake: checked(nextRoundTotalActiveStake + amount, AMOUNT_BITS),
  })
}

function takeFromNextRound(s: State, amount: bigint): void {
  const { nextRoundTotalActiveStake } = s.cells.stake.row
  s.cells.stake.update({ nextRoundTotalActiveStake: minus(nextRoundTotalActiveStake, amount) })
}

/** Takes a registered orchestrator into the pool if there is room or its stake beats the last member's. */
export function tryToJoin(s: State, account: Address, stake: bigint, round: bigint, hint: Hint): void {
  const activationRound = round + 1n
  if (poolOf(s).isFull) {
    const { last } = poolOf(s)
    const { delegatedAmount } = s.tables.delegators.get(last)
    if (stake <= delegatedAmount) return
    removeFromPool(s, last, delegatedAmount, activationRound)
  }
  setPool(s, poolOf(s).with(account, stake, hint))
  addToNextRound(s, stake)
  s.tables.transcoders.update(account, {
    lastActiveStakeUpdateRound: activationRound,
    activationRound,
    deactivationRound: NEVER,
  })
  s.tables.earnings.update(earningsKey(account, activationRound), { totalStake: stake })
  s.emit({ name: 'TranscoderActivated', args: { transcoder: account, activationRound } })
}

/** A member leaves; it stays active until the end of the round. */
export function resign(s: State, account: Address, round: bigint): void {
  removeFromPool(s, account, s.tables.delegators.get(account).delegatedAmount, round + 1n)
}

function removeFromPool(s: State, transcoder: Address, stake: bigint, deactivationRound: bigint): void {
  setPool(s, poolOf(s).without(transcoder))
  takeFromNextRound(s, stake)
  s.tables.transcoders.update(transcoder, { deactivationRound })
  s.emit({ name: 'TranscoderDeactivated', args: { transcoder, deactivationRound } })
}

export function increaseStake(s: State, delegate: Address, amount: bigint, round: bigint, hint: Hint): void {
  const before = s.tables.delegators.get(delegate).delegatedAmount
  const stake = fit(AMOUNT_BITS, checked(before + amount))
  const inPool = poolOf(s).contains(delegate)
  const counts = inPool || isActive(s, delegate, round)
  if (inPool) {
    setPool(s, poolOf(s).withKey(delegate, stake, hint))
    addToNextRound(s, amount)
  } else if (isRegistered(s, delegate)) {
    tryToJoin(s, delegate, stake, round, hint)
  }
  if (counts) snapshotStake(s, delegate, { before, afterwards: stake }, round)
  s.tables.delegators.update(delegate, { delegatedAmount: stake })
}

export function decreaseStake(s: State, delegate: Address, amount: bigint, round: bigint, hint: Hint): void {
  const before = s.tables.delegators.get(delegate).delegatedAmount
  const stake = minus(before, amount)
  const inPool = poolOf(s).contains(delegate)
  const counts = inPool || isActive(s, delegate, round)
  if (inPool) {
    setPool(s, poolOf(s).withKey(delegate, stake, hint))
    takeFromNextRound(s, amount)
  }
  if (counts) snapshotStake(s, delegate, { before, afterwards: stake }, round)
  s.tables.delegators.update(delegate, { delegatedAmount: stake })
}

/** Keeps the stake of this round as it was at its start, and notes that of the next. */
function snapshotStake(
  s: State,
  transcoder: Address,
  stake: { readonly before: bigint; readonly afterwards: bigint },
  round: bigint,
): void {
  const { earnings, transcoders } = s.tables
  if (transcoders.get(transcoder).lastActiveStakeUpdateRound < round) {
    earnings.update(earningsKey(transcoder, round), { totalStake: stake.before })
  }
  earnings.update(earningsKey(transcoder, round + 1n), { totalStake: stake.afterwards })
  transcoders.update(transcoder, { lastActiveStakeUpdateRound: round + 1n })
}
