/** @module Probabilistic micropayment tickets: the values on the wire and on chain. */
import type { Hex } from '@tessera/runtime/bytes'
import type { Address } from './address.ts'
import type { Price } from './price.ts'
import type { BlockNumber, Round, Wei, WinProb } from './units.ts'

/** What a recipient demands of tickets sent to it. The sender echoes every value unchanged. */
export type TicketParams = {
  readonly recipient: Address
  readonly faceValue: Wei
  readonly winProb: WinProb
  /** keccak256 of the 32-byte recipientRand, 32 bytes. */
  readonly recipientRandHash: Hex
  /** Lets the recipient derive recipientRand again. */
  readonly seed: bigint
  /** Last L1 block at which tickets with these parameters are accepted. */
  readonly expirationBlock: BlockNumber
  readonly expirationParams: TicketExpirationParams
}

export type TicketExpirationParams = {
  readonly creationRound: Round
  /** 32 bytes. */
  readonly creationRoundBlockHash: Hex
}

/** The fields the broker hashes. `auxData` is `creationRound (32) || blockHash (32)`, or empty. */
export type Ticket = {
  readonly recipient: Address
  readonly sender: Address
  readonly faceValue: Wei
  readonly winProb: WinProb
  readonly senderNonce: number
  readonly recipientRandHash: Hex
  readonly creationRound: Round
  readonly creationRoundBlockHash: Hex
}

export type SignedTicket = { readonly ticket: Ticket /** 65 bytes r, s, v. */; readonly signature: Hex }

/** A ticket that won, with all that redeeming it takes. */
export type WinningTicket = SignedTicket & { readonly recipientRand: bigint }

/** The payment header: tickets that share their parameters, and the price the sender expects. */
export type Payment = {
  readonly sender: Address
  /** Absent when no ticket is due. */
  readonly ticketParams?: TicketParams
  readonly tickets: readonly { readonly senderNonce: number; readonly signature: Hex }[]
  readonly expectedPrice?: Price
}
