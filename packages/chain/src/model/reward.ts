/** @module Reward: an active orchestrator's share of the round's inflation, once a round. */
import type { Address } from '@tessera/protocol/address'
import { openEarnings } from './earnings.ts'
import { addRewards } from './factors.ts'
import { checkpoint, isActive } from './facts.ts'
import { millionths, rays } from './fractions.ts'
import { openRound, requireNotPaused } from './guards.ts'
import { createReward, payTokens } from './minter.ts'
import { panic, revert } from './revert.ts'
import type { Hint } from './sorted-pool.ts'
import { increaseStake } from './stake-pool.ts'
import type { State } from './state.ts'
import { balanceOf } from './token.ts'
import { AMOUNT_BITS, fit } from './widths.ts'

/** Calls it for `transcoder`, which the caller must be. */
export function reward(s: State, transcoder: Address, hint: Hint): void {
  const round = openRound(s)
  const { transcoders } = s.tables
  if (!isActive(s, transcoder, round)) revert('TranscoderMustBeActive', { transcoder })
  if (transcoders.get(transcoder).lastRewardRound === round) {
    revert('RewardAlreadyCalled', { transcoder, round })
  }
  const { totalStake: stake, rewardCut } = openEarnings(s, transcoder, round)
  const amount = mintReward(s, transcoder, stake)
  const own = transcoders.get(transcoder).cumulativeRewards
  // More own rewards than stake would multiply what is paid out.
  if (own > stake) panic(0x01)
  const commission = millionths.shareOf(amount, rewardCut)
  const shared = amount - commission
  addRewards(s, transcoder, { round, rewards: shared, stake })
  transcoders.update(transcoder, {
    activeCumulativeRewards: own,
    cumulativeRewards: fit(AMOUNT_BITS, own + rays.shareOfRatio(shared, own, stake) + commission),
  })
  increaseStake(s, transcoder, amount, round, hint)
  transcoders.update(transcoder, { lastRewardRound: round })
  s.emit({ name: 'Reward', args: { transcoder, amount } })
  checkpoint(s, transcoder, round)
}

/** By the account that `transcoder` named (LIP-118). */
export function rewardForTranscoder(s: State, by: Address, transcoder: Address, hint: Hint): void {
  const rewardCaller = s.tables.rewardCallers.get(transcoder).address
  if (by !== rewardCaller) revert('CallerMustBeRewardCaller', { caller: by, rewardCaller })
  reward(s, transcoder, hint)
}

export function setRewardCaller(s: State, by: Address, rewardCaller: Address): void {
  requireNotPaused(s)
  s.tables.rewardCallers.update(by, { address: rewardCaller })
  s.emit({ name: 'RewardCallerSet', args: { transcoder: by, rewardCaller } })
}

/** Mints, and gives the treasury its part. @returns what is left. */
function mintReward(s: State, transcoder: Address, stake: bigint): bigint {
  const { treasury } = s.cells.system.row
  if (isTreasuryFull(s)) setNextTreasuryRewardCutRate(s, 0n)
  const { currentRoundTotalActiveStake, treasuryRewardCutRate } = s.cells.stake.row
  const total = createReward(s, stake, currentRoundTotalActiveStake)
  const part = rays.shareOf(total, treasuryRewardCutRate)
  if (part > 0n) {
    payTokens(s, treasury, part)
    s.emit({ name: 'TreasuryReward', args: { transcoder, treasury, amount: part } })
  }
  return total - part
}

function isTreasuryFull(s: State): boolean {
  const { treasuryBalanceCeiling: ceiling, nextRoundTreasuryRewardCutRate } = s.cells.stake.row
  if (ceiling === 0n || nextRoundTreasuryRewardCutRate === 0n) return false
  return balanceOf(s, s.cells.system.row.treasury) >= ceiling
}

/** Takes effect with the next initialized round. */
export function setNextTreasuryRewardCutRate(s: State, cutRate: bigint): void {
  s.cells.stake.update({ nextRoundTreasuryRewardCutRate: rays.of(cutRate) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'nextRoundTreasuryRewardCutRate' } })
}
