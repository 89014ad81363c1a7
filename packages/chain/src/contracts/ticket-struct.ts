/** @module A ticket as the brokers' ABI wants it. */
import type { Address } from '@tessera/protocol/address'
import type { Ticket } from '@tessera/protocol/ticket'
import type { Hex } from '@tessera/runtime/bytes'
import { encodeAbiParameters } from 'viem'

/** A ticket in whatever money its broker holds. */
export type AnyTicket = Omit<Ticket, 'faceValue'> & { readonly faceValue: bigint }

/** Names and types of the ABI. */
type TicketStruct = {
  readonly recipient: Address
  readonly sender: Address
  readonly faceValue: bigint
  readonly winProb: bigint
  readonly senderNonce: bigint
  readonly recipientRandHash: Hex
  readonly auxData: Hex
}

export function ticketStruct(ticket: AnyTicket): TicketStruct {
  return {
    recipient: ticket.recipient,
    sender: ticket.sender,
    faceValue: ticket.faceValue,
    winProb: ticket.winProb,
    senderNonce: BigInt(ticket.senderNonce),
    recipientRandHash: ticket.recipientRandHash,
    auxData: encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'bytes32' }],
      [ticket.creationRound, ticket.creationRoundBlockHash],
    ),
  }
}
