/** @module The records of the protocol. LPT and ETH in wei, times in rounds; an unwritten record is all zeros. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { MAX_UINT256 } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { type Billionths, billionths, type Millionths, millionths, type Rays, rays } from './fractions.ts'

/** Round of deactivation of a member of the pool. */
export const NEVER: bigint = MAX_UINT256

/** An account that bonds, that others delegate to, or both. Amounts are those of its last claim. */
export type DelegatorRow = {
  readonly bondedAmount: bigint
  readonly fees: bigint
  readonly delegateAddress: Address
  /** Stake delegated TO the account, its own included. */
  readonly delegatedAmount: bigint
  /** First round in which the stake counts. */
  readonly startRound: bigint
  readonly lastClaimRound: bigint
  readonly nextUnbondingLockId: bigint
}

/** Terms and earnings of an orchestrator. */
export type TranscoderRow = {
  readonly lastRewardRound: bigint
  readonly rewardCut: Millionths
  readonly feeShare: Millionths
  /** Newest round whose earnings pool knows the stake; may be the next round. */
  readonly lastActiveStakeUpdateRound: bigint
  readonly activationRound: bigint
  /** `NEVER` while in the pool. */
  readonly deactivationRound: bigint
  /** Own rewards that took part in the stake of the last reward. */
  readonly activeCumulativeRewards: bigint
  /** Own rewards not claimed yet. */
  readonly cumulativeRewards: bigint
  /** Own fees not claimed yet. */
  readonly cumulativeFees: bigint
  readonly lastFeeRound: bigint
}

/** What an orchestrator earned in one round. Written only when something happens. */
export type EarningsPoolRow = {
  readonly totalStake: bigint
  readonly rewardCut: Millionths
  readonly feeShare: Millionths
  /** What one unit of stake has become since the start; 0 = not written in this round. */
  readonly cumulativeRewardFactor: Rays
  /** ETH wei that one unit of stake has earned since the start; 0 = not written in this round. */
  readonly cumulativeFeeFactor: Rays
}

/** Stake on its way out; valid while `withdrawRound` is not 0. */
export type LockRow = { readonly amount: bigint; readonly withdrawRound: bigint }

/** Funds of a sender of tickets. `withdrawRound` 0 = no unlock in progress. */
export type SenderRow = {
  readonly deposit: bigint
  readonly reserve: bigint
  readonly withdrawRound: bigint
}

export type AmountRow = { readonly amount: bigint }
export type FlagRow = { readonly isSet: boolean }
export type AddressRow = { readonly address: Address }
export type HashRow = { readonly hash: Hex }

/** Globals of the stake. */
export type StakeRow = {
  readonly unbondingPeriod: bigint
  readonly currentRoundTotalActiveStake: bigint
  readonly nextRoundTotalActiveStake: bigint
  /** Orchestrators active in the current round: the pool when the round started. */
  readonly currentRoundActiveTranscoders: bigint
  readonly treasuryRewardCutRate: Rays
  readonly nextRoundTreasuryRewardCutRate: Rays
  readonly treasuryBalanceCeiling: bigint
}

/** Rates and the budget of the current round. */
export type MinterRow = {
  readonly inflation: Billionths
  readonly inflationChange: Billionths
  readonly targetBondingRate: Billionths
  readonly currentMintableTokens: bigint
  readonly currentMintedTokens: bigint
  /** ETH of senders, and fees not withdrawn. */
  readonly eth: bigint
  /** LPT on the other chain, as the data cache reports it. */
  readonly l1CirculatingSupply: bigint
}

/** The clock. */
export type RoundsRow = {
  readonly block: bigint
  /** Of the block before. */
  readonly parentHash: Hex
  readonly roundLength: bigint
  readonly roundLockAmount: Millionths
  readonly lastInitializedRound: bigint
  readonly lastLengthUpdateRound: bigint
  readonly lastLengthUpdateStartBlock: bigint
}

export const noDelegator: DelegatorRow = {
  bondedAmount: 0n,
  fees: 0n,
  delegateAddress: ZERO_ADDRESS,
  delegatedAmount: 0n,
  startRound: 0n,
  lastClaimRound: 0n,
  nextUnbondingLockId: 0n,
}

export const noTranscoder: TranscoderRow = {
  lastRewardRound: 0n,
  rewardCut: millionths.of(0n),
  feeShare: millionths.of(0n),
  lastActiveStakeUpdateRound: 0n,
  activationRound: 0n,
  deactivationRound: 0n,
  activeCumulativeRewards: 0n,
  cumulativeRewards: 0n,
  cumulativeFees: 0n,
  lastFeeRound: 0n,
}

export const noEarnings: EarningsPoolRow = {
  totalStake: 0n,
  rewardCut: millionths.of(0n),
  feeShare: millionths.of(0n),
  cumulativeRewardFactor: rays.of(0n),
  cumulativeFeeFactor: rays.of(0n),
}

export const noLock: LockRow = { amount: 0n, withdrawRound: 0n }
export const noSender: SenderRow = { deposit: 0n, reserve: 0n, withdrawRound: 0n }

export const startStake: StakeRow = {
  unbondingPeriod: 0n,
  currentRoundTotalActiveStake: 0n,
  nextRoundTotalActiveStake: 0n,
  currentRoundActiveTranscoders: 0n,
  treasuryRewardCutRate: rays.of(0n),
  nextRoundTreasuryRewardCutRate: rays.of(0n),
  treasuryBalanceCeiling: 0n,
}

export const startMinter: MinterRow = {
  inflation: billionths.of(0n),
  inflationChange: billionths.of(0n),
  targetBondingRate: billionths.of(0n),
  currentMintableTokens: 0n,
  currentMintedTokens: 0n,
  eth: 0n,
  l1CirculatingSupply: 0n,
}
