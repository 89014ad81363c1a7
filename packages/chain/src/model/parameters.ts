/** @module Parameters that the owner of the Controller can change while the protocol runs. */
import type { Address } from '@tessera/protocol/address'
import { rays } from './fractions.ts'
import { revert } from './revert.ts'
import { setNextTreasuryRewardCutRate } from './reward.ts'
import { poolOf } from './stake-pool.ts'
import type { State } from './state.ts'
import { COUNT_BITS, fit } from './widths.ts'

export function setPaused(s: State, caller: Address, isPaused: boolean): void {
  const { system } = s.cells
  if (caller !== system.row.owner) revert('NotOwner', { caller, owner: system.row.owner })
  if (system.row.isPaused === isPaused) revert('PauseStateUnchanged', { paused: isPaused })
  system.update({ isPaused })
  s.emit({ name: isPaused ? 'Pause' : 'Unpause', args: {} })
}

/** Rounds between unbonding and withdrawing, for locks made from now on. */
export function setUnbondingPeriod(s: State, unbondingPeriod: bigint): void {
  s.cells.stake.update({ unbondingPeriod: fit(COUNT_BITS, unbondingPeriod) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'unbondingPeriod' } })
}

/** Can only grow. */
export function setNumActiveTranscoders(s: State, numActiveTranscoders: bigint): void {
  s.cells.pool.update({ sorted: poolOf(s).withMaxSize(numActiveTranscoders) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'numActiveTranscoders' } })
}

/** In 10^-27, from the next round on. */
export function setTreasuryRewardCutRate(s: State, cutRate: bigint): void {
  if (!rays.isShare(cutRate)) revert('InvalidTreasuryRewardCutRate', { cutRate })
  setNextTreasuryRewardCutRate(s, cutRate)
}

/** LPT wei at which the treasury stops taking its share; 0 = no limit. */
export function setTreasuryBalanceCeiling(s: State, ceiling: bigint): void {
  s.cells.stake.update({ treasuryBalanceCeiling: ceiling })
  s.emit({ name: 'ParameterUpdate', args: { param: 'treasuryBalanceCeiling' } })
}
