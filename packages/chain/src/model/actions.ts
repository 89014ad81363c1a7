/** @module What accounts can do, as values. Names are those of the contracts' functions. */
import type { Address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import type { SlashRequest } from './slash.ts'
import type { Hint } from './sorted-pool.ts'
import type { Terms } from './terms.ts'

/** Hints are optional everywhere. Amounts in wei: LPT for stake, ETH for fees, deposits and reserves. */
type Arguments = {
  // The owner of the Controller.
  readonly pause: object
  readonly unpause: object
  readonly setRoundLength: { readonly roundLength: bigint }
  readonly setRoundLockAmount: { readonly roundLockAmount: bigint }
  readonly setUnbondingPeriod: { readonly unbondingPeriod: bigint }
  readonly setNumActiveTranscoders: { readonly numActiveTranscoders: bigint }
  readonly setTreasuryRewardCutRate: { readonly cutRate: bigint }
  readonly setTreasuryBalanceCeiling: { readonly ceiling: bigint }
  readonly setInflationChange: { readonly inflationChange: bigint }
  readonly setTargetBondingRate: { readonly targetBondingRate: bigint }
  readonly setUnlockPeriod: { readonly unlockPeriod: bigint }
  readonly setTicketValidityPeriod: { readonly ticketValidityPeriod: bigint }
  // Anybody.
  readonly initializeRound: object
  readonly transfer: { readonly to: Address; readonly amount: bigint }
  readonly checkpointBondingState: { readonly account: Address }
  // Stake.
  readonly bond: {
    readonly amount: bigint
    readonly to: Address
    /** Whose stake it becomes; the caller's unless given. */
    readonly owner?: Address
    readonly oldHint?: Hint
    readonly newHint?: Hint
  }
  readonly unbond: { readonly amount: bigint; readonly hint?: Hint }
  readonly rebond: { readonly lockId: bigint; readonly hint?: Hint }
  readonly rebondFromUnbonded: { readonly to: Address; readonly lockId: bigint; readonly hint?: Hint }
  readonly transferBond: {
    readonly to: Address
    readonly amount: bigint
    readonly oldHint?: Hint
    readonly newHint?: Hint
  }
  readonly withdrawStake: { readonly lockId: bigint }
  readonly withdrawFees: { readonly recipient: Address; readonly amount: bigint }
  readonly claimEarnings: object
  // Orchestrators.
  readonly transcoder: Terms & { readonly hint?: Hint }
  readonly reward: { readonly hint?: Hint }
  readonly setRewardCaller: { readonly rewardCaller: Address }
  readonly rewardForTranscoder: { readonly transcoder: Address; readonly hint?: Hint }
  // The verifier.
  readonly slashTranscoder: SlashRequest
  // Senders of tickets.
  readonly fundDeposit: { readonly value: bigint }
  readonly fundReserve: { readonly value: bigint }
  readonly fundDepositAndReserve: {
    readonly deposit: bigint
    readonly reserve: bigint
    /** Sent along; the sum unless given. */
    readonly value?: bigint
    /** Who is funded; the caller unless given. */
    readonly account?: Address
  }
  readonly unlock: object
  readonly cancelUnlock: object
  readonly withdraw: object
  readonly redeemWinningTicket: { readonly winning: WinningTicket }
  readonly batchRedeemWinningTickets: { readonly winnings: readonly WinningTicket[] }
}

export type CallName = keyof Arguments

/** Of the call `Name`. */
export type ActionOf<Name extends CallName> = {
  /** The caller, checksummed. */
  readonly by: Address
  readonly call: Name
} & Arguments[Name]

export type Action = { [Name in CallName]: ActionOf<Name> }[CallName]
