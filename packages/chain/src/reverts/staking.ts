/** @module Refusals of BondingManager, its pool of orchestrators, and BondingVotes. */
import type { Explanations } from './explanation.ts'

const OPEN_THE_ROUND = 'Open the round first: tessera round init.'
const INTERNAL = 'Only other contracts of the protocol call this.'
const IS_A_BUG = 'This is a fault of the contracts: please report it with the transaction.'

export const stakingExplanations: Explanations = {
  CurrentRoundIsNotInitialized: { says: 'round {round} is not open yet', advice: OPEN_THE_ROUND },
  CurrentRoundIsLocked: {
    says: 'round {round} is in its locked last part, in which orchestrators cannot change their terms',
    advice: 'Wait for the next round: tessera round status says when it begins.',
  },
  CallerMustBeRoundsManager: { says: '{caller} is not the RoundsManager', advice: INTERNAL },
  CallerMustBeTicketBroker: { says: '{caller} is not the TicketBroker', advice: INTERNAL },
  CallerMustBeVerifier: { says: '{caller} is not the Verifier', advice: INTERNAL },
  CallerMustBeRewardCaller: {
    says: '{caller} may not call reward for this orchestrator; it named {rewardCaller}',
    advice: 'Send it from the named account, or let the orchestrator name yours with setRewardCaller.',
  },
  CallerMustBeBonded: {
    says: '{caller} is not bonded, or only from the next round on',
    advice: 'See tessera stake show. A new bond can be moved or taken out from the next round on.',
  },
  CallerMustBeUnbonded: {
    says: '{caller} is bonded still',
    advice: 'Use tessera stake rebond without --to: the stake goes back to its present orchestrator.',
  },
  InvalidRewardCut: {
    says: 'a reward cut of {rewardCut:millionths} is more than 100 %',
    advice: 'Choose 0 to 100 percent.',
  },
  InvalidFeeShare: {
    says: 'a fee share of {feeShare:millionths} is more than 100 %',
    advice: 'Choose 0 to 100 percent.',
  },
  InvalidTreasuryRewardCutRate: {
    says: 'a treasury share of {cutRate:ray} is more than 100 %',
    advice: 'Choose 0 to 100 percent, in 10^-27.',
  },
  TranscoderMustBeRegistered: {
    says: '{transcoder} is no orchestrator',
    advice: 'An orchestrator bonds LPT to itself first: tessera orchestrator register --stake.',
  },
  TranscoderMustBeActive: {
    says: '{transcoder} is not active in this round',
    advice: 'It becomes active in the round after it joined the pool, if its stake is among the highest.',
  },
  RewardAlreadyCalled: {
    says: '{transcoder} has its reward of round {round} already',
    advice: 'Nothing is to be done until the next round.',
  },
  RewardBeforeUpdateRequired: {
    says: '{transcoder} is active and has not called reward in round {round}',
    advice: 'Call reward first: tessera orchestrator reward.',
  },
  DelegateMustCallRewardFirst: {
    says: '{delegate} leaves the pool after round {round} and has not called reward in it',
    advice: 'Wait for its reward or for the next round, or choose another orchestrator.',
  },
  IllegalClaimEarnings: {
    says: 'the earnings of {account} cannot be settled before {delegate} has called reward in this round',
    advice: 'Wait for that reward, or let the account send the transaction itself.',
  },
  InvalidDelegator: { says: '{delegator} cannot receive this bond', advice: 'Choose another account.' },
  InvalidDelegate: {
    says: '{delegate} cannot be chosen for somebody else',
    advice: 'An account that is not bonded chooses its orchestrator itself.',
  },
  InvalidDelegateChange: {
    says: 'the account is bonded to {from} and only it can move to {to}',
    advice: 'Bond for it to its present orchestrator.',
  },
  RegisteredTranscoderCannotDelegate: {
    says: '{transcoder} is an orchestrator and cannot bond to another',
    advice: 'Unbond all of its own stake first: tessera stake unbond max.',
  },
  BondAmountIsZero: {
    says: 'there is nothing to bond',
    advice: 'Give an amount above 0; 0 only moves what is bonded to another orchestrator.',
  },
  UnbondAmountIsZero: { says: 'there is nothing to unbond', advice: 'Give an amount above 0.' },
  UnbondAmountExceedsBonded: {
    says: '{amount:lpt} is more than the {bonded:lpt} that are bonded',
    advice: 'Take out less, or max. tessera stake show says how much there is.',
  },
  InvalidUnbondingLock: {
    says: '{delegator} has no unbonding lock {unbondingLockId}',
    advice: 'tessera stake show lists the locks; each can be withdrawn or rebonded once.',
  },
  WithdrawRoundNotReached: {
    says: 'it can be withdrawn from round {withdrawRound} on, and this is round {currentRound}',
    advice: 'Wait: tessera stake show says about how long. Or bond it again: tessera stake rebond.',
  },
  InvalidRecipient: { says: 'the recipient is the zero address', advice: 'Name another recipient.' },
  InsufficientFees: {
    says: '{amount:eth} is more than the {fees:eth} of fees that were earned',
    advice: 'Withdraw less, or max. tessera stake show says how much there is.',
  },
  AlreadyInPool: { says: '{id} is in the pool already', advice: IS_A_BUG },
  NotInPool: { says: '{id} is not in the pool', advice: IS_A_BUG },
  PoolIsFull: { says: 'the pool holds {maxSize} orchestrators already', advice: IS_A_BUG },
  PoolKeyIsZero: { says: '{id} would be in the pool without stake', advice: IS_A_BUG },
  NullPoolMember: { says: 'the zero address cannot be in the pool', advice: 'Name an orchestrator.' },
  PoolSizeCannotShrink: {
    says: 'the pool holds {maxSize} and cannot be made smaller ({newMaxSize})',
    advice: 'Choose a larger size.',
  },
  FutureLookup: {
    says: 'votes of round {queryRound} are not known before it is over; the latest is {maxAllowed}',
    advice: 'Ask for an earlier round.',
  },
  FutureLastClaimRound: {
    says: 'a claim in round {lastClaimRound} cannot be recorded before it ({maxAllowed})',
    advice: IS_A_BUG,
  },
  InvalidCaller: { says: '{caller} is not {required}', advice: INTERNAL },
  InvalidStartRound: {
    says: 'a checkpoint is for round {requiredRound}, not {checkpointRound}',
    advice: INTERNAL,
  },
  InvalidTotalStakeCheckpointRound: {
    says: 'a checkpoint of the total is for round {requiredRound}, not {checkpointRound}',
    advice: INTERNAL,
  },
  MissingEarningsPool: {
    says: 'there is no record of {transcoder} in round {round}',
    advice: IS_A_BUG,
  },
  MustCallBondingManager: {
    says: 'votes follow stake and cannot be delegated apart from it',
    advice: 'Bond to somebody with tessera stake bond instead ({bondingManagerFunction}).',
  },
  DecreasingValues: { says: '{newValue} comes after {lastValue}', advice: IS_A_BUG },
  ValueTooLarge: { says: '{value} is more than {max}', advice: IS_A_BUG },
}
