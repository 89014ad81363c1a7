/** @module Parameters with which the protocol is deployed. */

/**
 * What a deployment is free to choose. Amounts in wei, periods in rounds, rates as integers over the stated whole.
 * Every value can be changed later by the owner of the Controller.
 */
export type ProtocolParams = {
  /** Blocks in a round. */
  readonly roundLength: bigint
  /** Last part of a round in which orchestrators can't change their terms, in millionths. */
  readonly roundLockAmount: bigint
  /** Rounds between unbonding and withdrawing stake. */
  readonly unbondingPeriod: bigint
  /** Orchestrators that can be active at once. */
  readonly numActiveTranscoders: bigint
  /** Rounds between a sender's unlock and its withdrawal. */
  readonly unlockPeriod: bigint
  /** Rounds in which a ticket can be redeemed, the round of its creation included. */
  readonly ticketValidityPeriod: bigint
  /** First inflation in billionths of the supply a round. */
  readonly inflation: bigint
  /** Step of inflation a round, in billionths. */
  readonly inflationChange: bigint
  /** Share of the supply that inflation steers the bonded stake towards, in billionths. */
  readonly targetBondingRate: bigint
  /** Share of rewards for the treasury, in 10^-27. Needs a contract registered as Treasury unless 0. */
  readonly treasuryRewardCutRate: bigint
  /** LPT of the treasury at which it stops taking its share; 0 = no limit. */
  readonly treasuryBalanceCeiling: bigint
}

/** Livepeer on Arbitrum One in 2026 (round length: LIP-83; treasury: LIP-92 and LIP-101). A round lasts about 21 hours. */
export const mainnetParams: ProtocolParams = {
  roundLength: 6377n,
  roundLockAmount: 100_000n,
  unbondingPeriod: 7n,
  numActiveTranscoders: 100n,
  unlockPeriod: 2n,
  ticketValidityPeriod: 2n,
  inflation: 220_500n,
  inflationChange: 500n,
  targetBondingRate: 500_000_000n,
  treasuryRewardCutRate: 10n ** 26n,
  treasuryBalanceCeiling: 750_000n * 10n ** 18n,
}

/** A local chain with a block a second: a round takes 20 seconds, so that a whole life cycle fits into minutes. */
export const devnetParams: ProtocolParams = {
  ...mainnetParams,
  roundLength: 20n,
  unbondingPeriod: 2n,
  // Two rounds are two days on mainnet; here a node that is down for a minute must not lose what it has won.
  ticketValidityPeriod: 30n,
  treasuryRewardCutRate: 0n,
  treasuryBalanceCeiling: 0n,
}
