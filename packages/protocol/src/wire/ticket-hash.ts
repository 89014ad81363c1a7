/** @module Hashes of a ticket, as the broker contract computes them. */
import { bigintToBytes, bytesToBigint, concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { addressBytes } from '../address.ts'
import { keccak256 } from '../keccak.ts'
import type { Ticket, TicketExpirationParams } from '../ticket.ts'

/** `BE32(creationRound) || blockHash`, or nothing when both are zero. */
export function auxData(params: TicketExpirationParams): Uint8Array {
  const blockHash = fromHex(params.creationRoundBlockHash)
  if (params.creationRound === 0n && blockHash.every((byte) => byte === 0)) return new Uint8Array()
  return concatBytes(bigintToBytes(params.creationRound, 32), blockHash)
}

/** The tightly packed ticket: 168 bytes, 232 with auxiliary data. */
export function packTicket(ticket: Ticket): Uint8Array {
  return concatBytes(
    addressBytes(ticket.recipient),
    addressBytes(ticket.sender),
    bigintToBytes(ticket.faceValue, 32),
    bigintToBytes(ticket.winProb, 32),
    bigintToBytes(BigInt(ticket.senderNonce), 32),
    fromHex(ticket.recipientRandHash),
    auxData(ticket),
  )
}

/** What the sender signs with `personal_sign`, and the ticket's identity on chain. */
export function ticketHash(ticket: Ticket): Uint8Array {
  return keccak256(packTicket(ticket))
}

/** keccak of the 32-byte number. */
export function recipientRandHash(recipientRand: bigint): Hex {
  return toHex(keccak256(bigintToBytes(recipientRand, 32)))
}

/** A ticket wins when this is below its win probability. */
export function winValue(signature: Uint8Array, recipientRand: bigint): bigint {
  return bytesToBigint(keccak256(concatBytes(signature, bigintToBytes(recipientRand, 32))))
}
