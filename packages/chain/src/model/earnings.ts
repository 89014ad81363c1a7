/** @module Fees of an orchestrator, and the terms and stake under which a round's earnings are shared. */
import type { Address } from '@tessera/protocol/address'
import { currentRound } from './clock.ts'
import { addFees, latestFactors, orOne } from './factors.ts'
import { isActive } from './facts.ts'
import { millionths, type Rays, rays } from './fractions.ts'
import { panic, revert } from './revert.ts'
import type { EarningsPoolRow } from './rows.ts'
import { earningsKey, type State } from './state.ts'
import { AMOUNT_BITS, fit } from './widths.ts'

/** Fixes the terms of this round, and carries the stake over if nothing touched it since an earlier round. */
export function openEarnings(s: State, transcoder: Address, round: bigint): EarningsPoolRow {
  const { earnings, transcoders } = s.tables
  const { rewardCut, feeShare, lastActiveStakeUpdateRound } = transcoders.get(transcoder)
  const key = earningsKey(transcoder, round)
  earnings.update(key, { rewardCut, feeShare })
  if (lastActiveStakeUpdateRound < round) {
    const { totalStake } = earnings.get(earningsKey(transcoder, lastActiveStakeUpdateRound))
    earnings.update(key, { totalStake })
  }
  return earnings.get(key)
}

/** Splits the fees of redeemed tickets, under the terms of this round's reward or, before it, the present ones. */
export function updateTranscoderWithFees(s: State, transcoder: Address, fees: bigint): void {
  const round = currentRound(s)
  if (!isActive(s, transcoder, round)) revert('TranscoderMustBeActive', { transcoder })
  const { earnings, transcoders } = s.tables
  const t = transcoders.get(transcoder)
  const isRewarded = t.lastRewardRound >= round
  const pool = isRewarded ? earnings.get(earningsKey(transcoder, round)) : openEarnings(s, transcoder, round)
  const rewardFactorBefore = rewardFactorAtStart(s, transcoder, pool, round)
  const own = isRewarded ? t.activeCumulativeRewards : t.cumulativeRewards
  // More own rewards than stake would multiply the fees.
  if (own > pool.totalStake) panic(0x01)
  const shared = millionths.shareOf(fees, pool.feeShare)
  addFees(s, transcoder, { round, fees: shared, stake: pool.totalStake, rewardFactorBefore })
  const kept = rays.shareOfRatio(shared, own, pool.totalStake) + fees - shared
  transcoders.update(transcoder, {
    cumulativeFees: fit(AMOUNT_BITS, t.cumulativeFees + kept),
    lastFeeRound: round,
  })
}

/**
 * Reward factor at the end of the round before. When only this round's exists (the first reward ever, or after a
 * missed round) it is worked out backwards from the reward that this stake should have got.
 */
function rewardFactorAtStart(s: State, transcoder: Address, pool: EarningsPoolRow, round: bigint): Rays {
  const { reward } = latestFactors(s, transcoder, round - 1n)
  const { lastRewardRound } = s.tables.transcoders.get(transcoder)
  if (reward !== 0n || lastRewardRound !== round) return orOne(reward)
  const { currentRoundTotalActiveStake, treasuryRewardCutRate } = s.cells.stake.row
  const { currentMintableTokens } = s.cells.minter.row
  const minted = rays.shareOfRatio(currentMintableTokens, pool.totalStake, currentRoundTotalActiveStake)
  const rewards = minted - rays.shareOf(minted, treasuryRewardCutRate)
  const shared = rewards - millionths.shareOf(rewards, pool.rewardCut)
  return rays.of(rays.shareOfRatio(pool.cumulativeRewardFactor, pool.totalStake, shared + pool.totalStake))
}
