/** @module A ticket as the brokers' ABI wants it. */
import type { Ticket } from '@tessera/protocol/ticket'
import { encodeAbiParameters } from 'viem'

/** A ticket in whatever money its broker holds. */
export type AnyTicket = Omit<Ticket, 'faceValue'> & { readonly faceValue: bigint }

export function ticketStruct(ticket: AnyTicket) {
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
