/** @module Whether a ticket won. */
import type { WinProb } from '@tessera/protocol/units'
import { winValue } from '@tessera/protocol/wire/ticket-hash'

/** True with probability winProb ÷ 2^256. Neither side can choose the outcome: one signs, the other holds the random number. */
export function isWinning(ticket: {
  readonly winProb: WinProb
  readonly signature: Uint8Array
  readonly recipientRand: bigint
}): boolean {
  return winValue(ticket.signature, ticket.recipientRand) < ticket.winProb
}
