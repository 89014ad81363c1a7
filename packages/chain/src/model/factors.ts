/** @module Cumulative factors (LIP-36, precision of LIP-71): earnings of any delegator without a loop over rounds. */
import type { Address } from '@tessera/protocol/address'
import { type Rays, rays } from './fractions.ts'
import { minus, revert } from './revert.ts'
import { earningsKey, type State } from './state.ts'

/** A factor of 0 has never been written. */
export type Factors = { readonly reward: Rays; readonly fee: Rays }

/** A stake that was never rewarded has kept its size. */
export function orOne(factor: Rays): Rays {
  return factor === 0n ? rays.one : factor
}

/** Those written in exactly this round. */
function storedFactors(s: State, transcoder: Address, round: bigint): Factors {
  const pool = s.tables.earnings.get(earningsKey(transcoder, round))
  return { reward: pool.cumulativeRewardFactor, fee: pool.cumulativeFeeFactor }
}

/** Those that hold in `round`: its own, or carried over from the last round with rewards or fees before it. */
export function latestFactors(s: State, transcoder: Address, round: bigint): Factors {
  const { lastRewardRound, lastFeeRound } = s.tables.transcoders.get(transcoder)
  const own = storedFactors(s, transcoder, round)
  const carriesReward = own.reward === 0n && lastRewardRound < round
  const carriesFee = own.fee === 0n && lastFeeRound < round
  return {
    reward: carriesReward ? storedFactors(s, transcoder, lastRewardRound).reward : own.reward,
    fee: carriesFee ? storedFactors(s, transcoder, lastFeeRound).fee : own.fee,
  }
}

/** Writes the factors of `round`, so that a claim can start from it. Must run before an account's last claim is `round`. */
export function carryForward(s: State, transcoder: Address, round: bigint): void {
  const { reward, fee } = latestFactors(s, transcoder, round)
  s.tables.earnings.update(earningsKey(transcoder, round), {
    cumulativeRewardFactor: reward,
    cumulativeFeeFactor: fee,
  })
}

/** What `stake` bonded at the end of round `since` has become and earned at the end of `round`. */
export function earned(
  s: State,
  transcoder: Address,
  span: { readonly stake: bigint; readonly since: bigint; readonly round: bigint },
): { readonly stake: bigint; readonly fees: bigint } {
  const start = storedFactors(s, transcoder, span.since)
  const end = latestFactors(s, transcoder, span.round)
  const startReward = orOne(start.reward)
  return {
    stake: rays.shareOfRatio(span.stake, orOne(end.reward), startReward),
    fees: rays.shareOfRatio(span.stake, minus(end.fee, start.fee), startReward),
  }
}

/** Books delegators' rewards; `lastRewardRound` must still be the one before. */
export function addRewards(
  s: State,
  transcoder: Address,
  at: { readonly round: bigint; readonly rewards: bigint; readonly stake: bigint },
): void {
  const { lastRewardRound } = s.tables.transcoders.get(transcoder)
  const before = orOne(storedFactors(s, transcoder, lastRewardRound).reward)
  const growth = rays.shareOfRatio(before, at.rewards, at.stake)
  s.tables.earnings.update(earningsKey(transcoder, at.round), {
    cumulativeRewardFactor: storable(before + growth),
  })
}

/** Books delegators' fees. They are for the stake at the start of the round, hence the reward factor before it. */
export function addFees(
  s: State,
  transcoder: Address,
  at: {
    readonly round: bigint
    readonly fees: bigint
    readonly stake: bigint
    readonly rewardFactorBefore: Rays
  },
): void {
  const own = storedFactors(s, transcoder, at.round).fee
  const before = own !== 0n ? own : latestFactors(s, transcoder, at.round - 1n).fee
  const growth = rays.shareOfRatio(at.rewardFactorBefore, at.fees, at.stake)
  s.tables.earnings.update(earningsKey(transcoder, at.round), {
    cumulativeFeeFactor: storable(before + growth),
  })
}

/** The contracts keep a factor in 128 bits. Only stakes of dust come near: 3 million wei of LPT earn one ETH of fees. */
function storable(factor: bigint): Rays {
  if (factor >= 1n << 128n) revert('RayOverflow', { number: factor })
  return rays.of(factor)
}
