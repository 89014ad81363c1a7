/** @module The tickets of the recorded scenarios. */
import type { Address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import { MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import { recipientRandHash, ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { keccak256, toBytes } from 'viem'
import { ticketSender } from './names.suite.ts'

/** Of the block before each round. */
export const BLOCK_HASH: Hex = keccak256(toBytes('blockhash'))

/** A ticket of B in the current round that always wins. */
export async function winningTicket(
  recipient: Address,
  faceValue: bigint,
  at: { readonly nonce: number; readonly round: bigint },
): Promise<WinningTicket> {
  const recipientRand = 1000n + BigInt(at.nonce)
  const ticket = {
    recipient,
    sender: ticketSender.address,
    faceValue: wei(faceValue),
    winProb: winProb(MAX_UINT256),
    senderNonce: at.nonce,
    recipientRandHash: recipientRandHash(recipientRand),
    creationRound: round(at.round),
    creationRoundBlockHash: BLOCK_HASH,
  }
  const signature = toHex(await ticketSender.signMessageHash(ticketHash(ticket)))
  return { ticket, signature, recipientRand }
}
