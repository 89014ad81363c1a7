/** @module How an action fails: the name and the values of the contract's custom error. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'

/** Values by name of the error, in the order of the ABI. `Panic` and the errors of ERC-20 included. */
export type RevertArguments = {
  readonly Panic: { readonly code: bigint }
  readonly ERC20InsufficientBalance: {
    readonly sender: Address
    readonly balance: bigint
    readonly needed: bigint
  }
  readonly RayOverflow: { readonly number: bigint }
  readonly SafeCastOverflowedUintDowncast: { readonly bits: bigint; readonly value: bigint }
  readonly RoundOutOfRange: { readonly round: bigint }
  readonly ValueTooLarge: { readonly value: bigint; readonly max: bigint }
  readonly NotMillionths: { readonly share: bigint }
  readonly SystemIsPaused: object
  readonly CallerMustBeControllerOwner: { readonly caller: Address; readonly owner: Address }
  readonly PauseStateUnchanged: { readonly paused: boolean }
  readonly NotOwner: { readonly caller: Address; readonly owner: Address }
  readonly RoundLengthIsZero: object
  readonly InvalidRoundLockAmount: { readonly roundLockAmount: bigint }
  readonly RoundAlreadyInitialized: { readonly round: bigint }
  readonly InvalidInflationChange: { readonly inflationChange: bigint }
  readonly InvalidTargetBondingRate: { readonly targetBondingRate: bigint }
  readonly MintedTokensExceedMintable: { readonly minted: bigint; readonly mintable: bigint }
  readonly PoolSizeCannotShrink: { readonly maxSize: bigint; readonly newMaxSize: bigint }
  readonly NotInPool: { readonly id: Address }
  readonly PoolKeyIsZero: { readonly id: Address }
  readonly CurrentRoundIsNotInitialized: { readonly round: bigint }
  readonly CurrentRoundIsLocked: { readonly round: bigint }
  readonly CallerMustBeVerifier: { readonly caller: Address }
  readonly CallerMustBeRewardCaller: { readonly caller: Address; readonly rewardCaller: Address }
  readonly CallerMustBeBonded: { readonly caller: Address }
  readonly CallerMustBeUnbonded: { readonly caller: Address }
  readonly InvalidRewardCut: { readonly rewardCut: bigint }
  readonly InvalidFeeShare: { readonly feeShare: bigint }
  readonly InvalidTreasuryRewardCutRate: { readonly cutRate: bigint }
  readonly TranscoderMustBeRegistered: { readonly transcoder: Address }
  readonly TranscoderMustBeActive: { readonly transcoder: Address }
  readonly RewardAlreadyCalled: { readonly transcoder: Address; readonly round: bigint }
  readonly RewardBeforeUpdateRequired: { readonly transcoder: Address; readonly round: bigint }
  readonly DelegateMustCallRewardFirst: { readonly delegate: Address; readonly round: bigint }
  readonly IllegalClaimEarnings: { readonly account: Address; readonly delegate: Address }
  readonly InvalidDelegator: { readonly delegator: Address }
  readonly InvalidDelegate: { readonly delegate: Address }
  readonly InvalidDelegateChange: { readonly from: Address; readonly to: Address }
  readonly RegisteredTranscoderCannotDelegate: { readonly transcoder: Address }
  readonly BondAmountIsZero: object
  readonly UnbondAmountIsZero: object
  readonly UnbondAmountExceedsBonded: { readonly amount: bigint; readonly bonded: bigint }
  readonly InvalidUnbondingLock: { readonly delegator: Address; readonly unbondingLockId: bigint }
  readonly WithdrawRoundNotReached: { readonly withdrawRound: bigint; readonly currentRound: bigint }
  readonly InvalidRecipient: object
  readonly InsufficientFees: { readonly amount: bigint; readonly fees: bigint }
  readonly ValueDoesNotEqualSum: {
    readonly value: bigint
    readonly depositAmount: bigint
    readonly reserveAmount: bigint
  }
  readonly InvalidTicketValidityPeriod: object
  readonly TicketRecipientIsNull: object
  readonly TicketSenderIsNull: object
  readonly InvalidAuxDataLength: { readonly length: bigint }
  readonly CreationRoundHasNoBlockHash: { readonly creationRound: bigint }
  readonly CreationRoundBlockHashMismatch: {
    readonly creationRound: bigint
    readonly given: Hex
    readonly stored: Hex
  }
  readonly TicketExpired: {
    readonly creationRound: bigint
    readonly validityPeriod: bigint
    readonly currentRound: bigint
  }
  readonly RecipientRandMismatch: { readonly recipientRandHash: Hex }
  readonly TicketUsed: { readonly ticketHash: Hex }
  readonly InvalidSignatureLength: { readonly length: bigint }
  readonly InvalidTicketSignature: { readonly ticketHash: Hex; readonly recovered: Address }
  readonly TicketDidNotWin: { readonly ticketHash: Hex }
  readonly SenderIsUnlocked: { readonly sender: Address; readonly withdrawRound: bigint }
  readonly InsufficientFunds: {
    readonly sender: Address
    readonly available: bigint
    readonly faceValue: bigint
  }
  readonly NoFunds: { readonly sender: Address }
  readonly UnlockAlreadyInitiated: { readonly withdrawRound: bigint }
  readonly NoUnlockInProgress: object
  readonly AccountIsLocked: { readonly withdrawRound: bigint; readonly currentRound: bigint }
  readonly FutureLookup: { readonly queryRound: bigint; readonly maxRound: bigint }
  readonly MissingEarningsPool: { readonly transcoder: Address; readonly round: bigint }
}

export type RevertName = keyof RevertArguments

/** Code `PROTOCOL_REVERT`: the protocol refuses an action; nothing of it stays. */
export class Revert extends BaseError {
  /** Of the contract's error. */
  readonly errorName: RevertName
  /** The error's values by name, in the order of the ABI. */
  readonly args: Readonly<Record<string, bigint | boolean | string>>

  constructor(errorName: RevertName, args: Readonly<Record<string, bigint | boolean | string>>) {
    super({ code: 'PROTOCOL_REVERT', message: `The protocol refuses: ${errorName}.`, facts: args })
    this.errorName = errorName
    this.args = args
  }
}

/** Ends the running action. */
export function revert<Name extends RevertName>(name: Name, args: RevertArguments[Name]): never {
  throw new Revert(name, { ...args } as Record<string, bigint | boolean | string>)
}

/** Solidity's own checks: 0x01 assertion, 0x11 arithmetic, 0x12 division by zero. */
export function panic(code: 0x01 | 0x11 | 0x12): never {
  return revert('Panic', { code: BigInt(code) })
}

/** `a - b`. @throws {Revert} Panic 0x11 below zero. */
export function minus(a: bigint, b: bigint): bigint {
  return b > a ? panic(0x11) : a - b
}
