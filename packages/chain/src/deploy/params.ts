/** @module Parameters with which the protocol is deployed: mainnet's, and a fast set for the devnet. */

const LPT = 10n ** 18n

/** Votes over the treasury (LIP-89). Times in rounds: the clock of votes is the round. */
export type GovernanceParams = {
  /** Rounds between a proposal and the snapshot of votes. */
  readonly votingDelay: bigint
  /** Rounds in which votes are taken. */
  readonly votingPeriod: bigint
  /** Votes that a proposer needs, in LPT wei. */
  readonly proposalThreshold: bigint
  /** Part of all votes that must take part, in millionths. */
  readonly quorum: bigint
  /** Part of for and against that must be for, in millionths. */
  readonly quota: bigint
  /** Seconds between queueing and executing an accepted proposal. */
  readonly minDelay: bigint
}

/** Opinion polls about changes of the protocol (LIP-16, LIP-19). Constants of the PollCreator, told here for readers. */
export type PollParams = {
  /** Part of the stake that must take part, in millionths. */
  readonly quorum: bigint
  /** Part of the votes that must be for, in millionths. */
  readonly quota: bigint
  /** Blocks in which votes are taken: ten rounds of 5,760. */
  readonly period: bigint
  /** Stake that a creator needs, in LPT wei. Nothing is spent. */
  readonly creationCost: bigint
}

/** What the judge of wrong work does once governance switches it on (decision 10). */
export type VerifierParams = {
  /** Share of the stake to take, in millionths. */
  readonly slashAmount: bigint
  /** Share of the penalty for the finder, in millionths; at most half. */
  readonly finderFee: bigint
  /** Rounds for which a receipt counts. */
  readonly receiptValidity: bigint
  /** Rounds after a slash in which everything signed before is covered by it. */
  readonly cooldown: bigint
  /** Blocks between commitment and proof. */
  readonly commitDelay: bigint
}

/** First distribution of LPT (the founding supply and its Merkle mine, 2018). */
export type GenesisParams = {
  /** LPT wei that exist when the protocol starts. */
  readonly supply: bigint
  /** LPT wei of them that anybody with ETH at the genesis block could claim. */
  readonly mineAllocation: bigint
  /** Accounts among which the mine is divided equally. */
  readonly mineRecipients: bigint
  /** ETH wei an account needed to be one of them. */
  readonly mineBalanceThreshold: bigint
  /** Ethereum block at which those balances were read. */
  readonly mineGenesisBlock: bigint
  /** Blocks before others may claim for a recipient and keep a part. */
  readonly mineCliff: bigint
  /** Blocks over which that part grows from nothing to all. */
  readonly mineCallerPeriod: bigint
}

/**
 * What a deployment is free to choose. Amounts in wei, periods in rounds, rates as integers over the stated whole.
 * Every value but those of `polls` and `genesis` can be changed later by the owner of the Controller or by governance.
 */
export type ProtocolParams = {
  /** Blocks in a round. */
  readonly roundLength: bigint
  /** Last part of a round in which orchestrators can't change their terms, in millionths. */
  readonly roundLockAmount: bigint
  /** Rounds between unbonding and withdrawing stake. */
  readonly unbondingPeriod: bigint
  /** Orchestrators that can be active at once. */
  readonly numActiveOrchestrators: bigint
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
  /** Who can change all this: the deploying account, or the Governor, where a change has to be staged first (LIP-25). */
  readonly controllerOwner: 'deployer' | 'governor'
  /** Whether tickets can also be paid in a dollar, here one that the deployer mints. Mainnet has no such broker. */
  readonly stablecoin: 'none' | 'test'
  readonly governance: GovernanceParams
  readonly polls: PollParams
  readonly verifier: VerifierParams
  readonly genesis: GenesisParams
}

/**
 * Livepeer on Arbitrum One in 2026. A round lasts about 21 hours (LIP-83; 5,760 blocks before). Treasury: LIP-92,
 * restarted by LIP-101; a ceiling stops it. The Minter's rates are those of its deployment: LIP-100 and LIP-107, which
 * would have changed them, were not adopted.
 */
export const mainnetParams: ProtocolParams = {
  roundLength: 6377n,
  roundLockAmount: 100_000n,
  unbondingPeriod: 7n,
  numActiveOrchestrators: 100n,
  unlockPeriod: 2n,
  ticketValidityPeriod: 2n,
  inflation: 220_500n,
  inflationChange: 500n,
  targetBondingRate: 500_000_000n,
  treasuryRewardCutRate: 10n ** 26n,
  treasuryBalanceCeiling: 750_000n * LPT,
  // The hand-over leaves nobody who can mint a first supply: LPT comes over the bridge.
  controllerOwner: 'governor',
  stablecoin: 'none',
  governance: {
    votingDelay: 1n,
    votingPeriod: 10n,
    proposalThreshold: 100n * LPT,
    quorum: 333_300n,
    quota: 500_000n,
    minDelay: 0n,
  },
  polls: { quorum: 333_300n, quota: 500_000n, period: 57_600n, creationCost: 100n * LPT },
  // Mainnet has no verifier. A tenth of the stake, a quarter of that for the finder; receipts count for a week.
  verifier: {
    slashAmount: 100_000n,
    finderFee: 250_000n,
    receiptValidity: 7n,
    cooldown: 7n,
    commitDelay: 10n,
  },
  genesis: {
    supply: 10_000_000n * LPT,
    mineAllocation: 6_343_700n * LPT,
    mineRecipients: 2_598_071n,
    mineBalanceThreshold: 10n ** 17n,
    mineGenesisBlock: 5_264_265n,
    mineCliff: 500_000n,
    mineCallerPeriod: 2_500_000n,
  },
}

/** A local chain with a block a second: a round takes 20 seconds, so that a whole life cycle fits into minutes. */
export const devnetParams: ProtocolParams = {
  ...mainnetParams,
  roundLength: 20n,
  unbondingPeriod: 2n,
  // Two rounds are two days on mainnet; here a node that is down for a minute must not lose what it has won.
  ticketValidityPeriod: 30n,
  // Commands and tests act as the account that deployed.
  controllerOwner: 'deployer',
  stablecoin: 'test',
  // A proposal is decided two minutes after it is made.
  governance: { ...mainnetParams.governance, votingPeriod: 5n },
}
