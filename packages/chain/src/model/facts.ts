/** @module What follows from the records of an account: active, registered, pending. */
import type { Address } from '@tessera/protocol/address'
import { revert } from './revert.ts'
import { NEVER } from './rows.ts'
import type { State } from './state.ts'
import { checkpointBondingState } from './votes.ts'

/** Numbers as in the ABI: 0, 1, 2. */
export type DelegatorStatus = 'Pending' | 'Bonded' | 'Unbonded'

/** May call reward and be paid in `round`. Independent of being in the pool of the next round. */
export function isActive(s: State, account: Address, round: bigint): boolean {
  const { activationRound, deactivationRound } = s.tables.transcoders.get(account)
  return activationRound <= round && round < deactivationRound
}

/** Bonded to itself. */
export function isRegistered(s: State, account: Address): boolean {
  const { delegateAddress, bondedAmount } = s.tables.delegators.get(account)
  return delegateAddress === account && bondedAmount > 0n
}

export function delegatorStatus(s: State, account: Address, round: bigint): DelegatorStatus {
  const { bondedAmount, startRound } = s.tables.delegators.get(account)
  if (bondedAmount === 0n) return 'Unbonded'
  return startRound > round ? 'Pending' : 'Bonded'
}

export function isUnbonded(s: State, account: Address): boolean {
  return s.tables.delegators.get(account).bondedAmount === 0n
}

/**
 * An active delegate that leaves the pool after this round must have called reward before stake is added: the stake
 * could bring it back into the pool, which ends its activity in this round and would cost it the reward.
 */
export function requireRewardBeforeRejoin(s: State, delegate: Address, round: bigint): void {
  const { deactivationRound, lastRewardRound } = s.tables.transcoders.get(delegate)
  const leaves = isActive(s, delegate, round) && deactivationRound !== NEVER
  if (leaves && lastRewardRound !== round) revert('DelegateMustCallRewardFirst', { delegate, round })
}

/** Writes what holds for an account from the next round on to the history of votes. */
export function checkpoint(s: State, account: Address, round: bigint): void {
  const { bondedAmount, delegateAddress, delegatedAmount, lastClaimRound } = s.tables.delegators.get(account)
  const { lastRewardRound } = s.tables.transcoders.get(account)
  checkpointBondingState(s, account, {
    startRound: round + 1n,
    bondedAmount,
    delegateAddress,
    delegatedAmount,
    lastClaimRound,
    lastRewardRound,
  })
}
