/** @module Bonding: stake of the caller or of another, to a new or the same delegate. */
import type { Address } from '@tessera/protocol/address'
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import { claim, hasOwnCut, requireClaimAllowed } from './claims.ts'
import { carryForward } from './factors.ts'
import { checkpoint, isRegistered, isUnbonded, requireRewardBeforeRejoin } from './facts.ts'
import { openRound } from './guards.ts'
import { collectTokens } from './minter.ts'
import { revert } from './revert.ts'
import type { Hint } from './sorted-pool.ts'
import { decreaseStake, increaseStake } from './stake-pool.ts'
import type { State } from './state.ts'
import { AMOUNT_BITS, checked, fit } from './widths.ts'

export type BondRequest = {
  readonly amount: bigint
  /** Whose stake it becomes. */
  readonly owner: Address
  readonly to: Address
  /** Place of the delegate that is left. */
  readonly oldHint: Hint
  /** Place of `to`. */
  readonly newHint: Hint
}

/** The caller pays, also for another owner. */
export function bond(s: State, by: Address, request: BondRequest): void {
  const { amount, owner, to } = request
  const { delegators } = s.tables
  const round = openRound(s)
  requireClaimAllowed(s, by, owner, round)
  claim(s, owner, round)
  requireRewardBeforeRejoin(s, to, round)
  requireMayBondFor(s, by, owner, to)
  const oldDelegate = delegators.get(owner).delegateAddress
  const moved = startStake(s, request, round)
  carryForward(s, to, round)
  const added = checked(amount + moved)
  if (added === 0n) revert('BondAmountIsZero', {})
  const bondedAmount = fit(AMOUNT_BITS, checked(delegators.get(owner).bondedAmount + amount))
  delegators.update(owner, { delegateAddress: to, bondedAmount })
  increaseStake(s, to, added, round, request.newHint)
  if (to !== owner) checkpoint(s, to, round)
  if (amount > 0n) collectTokens(s, by, amount)
  s.emit({
    name: 'Bond',
    args: { newDelegate: to, oldDelegate, delegator: owner, additionalAmount: amount, bondedAmount },
  })
  checkpoint(s, owner, round)
}

/** Stake that moves away from the old delegate, if any. */
function startStake(s: State, { owner, to, oldHint }: BondRequest, round: bigint): bigint {
  const { delegators } = s.tables
  const { delegateAddress, bondedAmount } = delegators.get(owner)
  if (isUnbonded(s, owner)) {
    delegators.update(owner, { startRound: round + 1n })
    return 0n
  }
  if (delegateAddress === to) return 0n
  if (isRegistered(s, owner)) revert('RegisteredTranscoderCannotDelegate', { transcoder: owner })
  delegators.update(owner, { startRound: round + 1n })
  decreaseStake(s, delegateAddress, bondedAmount, round, oldHint)
  checkpoint(s, delegateAddress, round)
  return bondedAmount
}

/** Others can add to stake, but can neither choose the delegate of stake or of a cut, nor make an account its own delegate. */
function requireMayBondFor(s: State, by: Address, owner: Address, to: Address): void {
  if (by === owner) return
  if (owner === ZERO_ADDRESS) revert('InvalidDelegator', { delegator: owner })
  const { delegateAddress } = s.tables.delegators.get(owner)
  if (isUnbonded(s, owner) && !hasOwnCut(s, owner)) {
    if (to === owner) revert('InvalidDelegate', { delegate: to })
  } else if (to !== delegateAddress) {
    revert('InvalidDelegateChange', { from: delegateAddress, to })
  }
}
