/** @module What happened in an action: the contracts' events, with values in the order of the ABI. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'

type EventArguments = {
  readonly Transfer: { readonly from: Address; readonly to: Address; readonly value: bigint }
  readonly Mint: { readonly to: Address; readonly amount: bigint }
  readonly Burn: { readonly burner: Address; readonly amount: bigint }
  readonly Pause: object
  readonly Unpause: object
  readonly ParameterUpdate: { readonly param: string }
  readonly SetCurrentRewardTokens: {
    readonly currentMintableTokens: bigint
    readonly currentInflation: bigint
  }
  readonly NewRound: { readonly round: bigint; readonly blockHash: Hex }
  readonly TranscoderUpdate: {
    readonly transcoder: Address
    readonly rewardCut: bigint
    readonly feeShare: bigint
  }
  readonly TranscoderActivated: { readonly transcoder: Address; readonly activationRound: bigint }
  readonly TranscoderDeactivated: { readonly transcoder: Address; readonly deactivationRound: bigint }
  readonly TranscoderSlashed: {
    readonly transcoder: Address
    readonly finder: Address
    readonly penalty: bigint
    readonly finderReward: bigint
  }
  readonly Reward: { readonly transcoder: Address; readonly amount: bigint }
  readonly TreasuryReward: {
    readonly transcoder: Address
    readonly treasury: Address
    readonly amount: bigint
  }
  readonly RewardCallerSet: { readonly transcoder: Address; readonly rewardCaller: Address }
  readonly Bond: {
    readonly newDelegate: Address
    readonly oldDelegate: Address
    readonly delegator: Address
    readonly additionalAmount: bigint
    readonly bondedAmount: bigint
  }
  readonly Unbond: {
    readonly delegate: Address
    readonly delegator: Address
    readonly unbondingLockId: bigint
    readonly amount: bigint
    readonly withdrawRound: bigint
  }
  readonly Rebond: {
    readonly delegate: Address
    readonly delegator: Address
    readonly unbondingLockId: bigint
    readonly amount: bigint
  }
  readonly TransferBond: {
    readonly oldDelegator: Address
    readonly newDelegator: Address
    readonly oldUnbondingLockId: bigint
    readonly newUnbondingLockId: bigint
    readonly amount: bigint
  }
  readonly WithdrawStake: {
    readonly delegator: Address
    readonly unbondingLockId: bigint
    readonly amount: bigint
    readonly withdrawRound: bigint
  }
  readonly WithdrawFees: {
    readonly delegator: Address
    readonly recipient: Address
    readonly amount: bigint
  }
  readonly EarningsClaimed: {
    readonly delegate: Address
    readonly delegator: Address
    readonly rewards: bigint
    readonly fees: bigint
    readonly startRound: bigint
    readonly endRound: bigint
  }
  readonly DepositFunded: { readonly sender: Address; readonly amount: bigint }
  readonly ReserveFunded: { readonly reserveHolder: Address; readonly amount: bigint }
  readonly ReserveClaimed: {
    readonly reserveHolder: Address
    readonly claimant: Address
    readonly amount: bigint
  }
  readonly WinningTicketTransfer: {
    readonly sender: Address
    readonly recipient: Address
    readonly amount: bigint
  }
  readonly WinningTicketRedeemed: {
    readonly sender: Address
    readonly recipient: Address
    readonly faceValue: bigint
    readonly winProb: bigint
    readonly senderNonce: bigint
    readonly recipientRand: bigint
    readonly auxData: Hex
  }
  readonly Unlock: { readonly sender: Address; readonly startRound: bigint; readonly endRound: bigint }
  readonly UnlockCancelled: { readonly sender: Address }
  readonly Withdrawal: { readonly sender: Address; readonly deposit: bigint; readonly reserve: bigint }
  readonly DelegateChanged: {
    readonly delegator: Address
    readonly fromDelegate: Address
    readonly toDelegate: Address
  }
  readonly DelegateVotesChanged: {
    readonly delegate: Address
    readonly previousBalance: bigint
    readonly newBalance: bigint
  }
  readonly DelegatorBondedAmountChanged: {
    readonly delegate: Address
    readonly previousBondedAmount: bigint
    readonly previousLastClaimRound: bigint
    readonly newBondedAmount: bigint
    readonly newLastClaimRound: bigint
  }
}

type EventName = keyof EventArguments

/** Tell them apart by `name`. */
export type ProtocolEvent = {
  [Name in EventName]: { readonly name: Name; readonly args: EventArguments[Name] }
}[EventName]
