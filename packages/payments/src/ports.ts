/** @module What payments need of the chain. `chain` fits; wiring joins them. */
import type { Address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import type { BlockNumber, Round, Wei } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'

/** Funds of a sender, as the broker contract holds them. */
export type SenderInfo = {
  /** Pays winning tickets first. */
  readonly deposit: Wei
  /** Round from which the sender may withdraw; 0 when it never asked to. */
  readonly withdrawRound: Round
  /** Left of the reserve, shared equally between the active orchestrators. */
  readonly reserve: Wei
}

export type SenderFunds = {
  senderInfo(sender: Address): Promise<SenderInfo>
}

/** The broker contract, seen by a recipient. Calls reject when the chain cannot be asked. */
export type Broker = SenderFunds & {
  /** What `recipient` can still take from the sender's reserve in this round; 0 when it is not active. */
  claimableReserve(sender: Address, recipient: Address): Promise<Wei>
  /** True once the ticket was redeemed, by whomever: only this ends a redemption. */
  isUsed(ticketHash: Hex): Promise<boolean>
  /**
   * Resolves when a transaction that redeems the ticket succeeded in a block. A call with the `key` of a running or
   * mined transaction, also of an earlier process, must join that one. Rejects when it reverts or cannot be sent; the
   * caller tries again later.
   */
  redeem(
    ticket: WinningTicket,
    options: { readonly key: string; readonly signal: AbortSignal },
  ): Promise<{ readonly transaction: Hex }>
}

/** The chain as of the last block that was seen. */
export type ChainView = {
  readonly currentRound: Round
  /** Equal to `currentRound` once the round is initialised. */
  readonly lastInitializedRound: Round
  /** Block hash stored for that round, 32 bytes. */
  readonly lastInitializedBlockHash: Hex
  /** On a chain without an L1 its own block number. */
  readonly l1Block: BlockNumber
}

/** Chain time. Kept fresh by whoever follows the chain. */
export type ChainClock = {
  view(): ChainView
  /** Resolves once `view().l1Block` is greater than `after`; rejects with `signal.reason`. */
  blockAfter(after: BlockNumber, options: { readonly signal: AbortSignal }): Promise<void>
}

/** What a redemption costs now: gas needed × gas price, in wei. */
export type RedemptionCost = {
  redemptionCost(): Promise<Wei>
}
