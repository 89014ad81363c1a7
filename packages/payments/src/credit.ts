/** @module Exact amounts below a wei: what a ticket is worth on average. */
import { MAX_UINT256, type Wei } from '@tessera/protocol/units'

declare const unit: unique symbol
/**
 * An amount in 1/(2^256 − 1) wei, possibly negative. A ticket is worth faceValue × winProb of it exactly, so sums of
 * tickets and whole-wei fees never round.
 */
export type Credit = bigint & { readonly [unit]: 'Credit' }

export const credit = (value: bigint): Credit => value as Credit
export const NO_CREDIT: Credit = credit(0n)

export function weiToCredit(amount: Wei): Credit {
  return credit(amount * MAX_UINT256)
}

/** Rounded towards minus infinity: never shows more than there is. */
export function creditToWei(amount: Credit): bigint {
  const quotient = amount / MAX_UINT256
  return amount < 0n && quotient * MAX_UINT256 !== amount ? quotient - 1n : quotient
}

/** Expected value of one ticket. `1e15 wei × 2^255 = 5e14 wei` of credit, nearly. */
export function ticketValue(ticket: { readonly faceValue: bigint; readonly winProb: bigint }): Credit {
  return credit(ticket.faceValue * ticket.winProb)
}
