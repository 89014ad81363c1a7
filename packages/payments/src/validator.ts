/** @module Checks of a payment that need no store: terms, random number, signatures, who won. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Payment, Ticket, TicketParams } from '@tessera/protocol/ticket'
import type { WireErrorCode } from '@tessera/protocol/wire/error-codes'
import { isSignedBy } from '@tessera/protocol/wire/signatures'
import { recipientRandHash, ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { recipientRand } from './recipient-rand.ts'
import type { StoredWin } from './ticket-store.ts'
import { isWinning } from './win.ts'

/** A payment whose terms this recipient quoted: sender, parameters, price and purpose are authentic. */
export type CheckedTerms = {
  readonly kind: 'terms'
  readonly sender: Address
  readonly params: TicketParams
  readonly price: Price
  readonly recipientRand: bigint
}

/**
 * Whether the terms are ours. The random number depends on all of them, so one comparison finds any change.
 * Order as in go-livepeer.
 */
export function checkTerms(
  payment: Payment & { readonly ticketParams: TicketParams },
  expected: {
    readonly recipient: Address
    readonly sender: Address
    readonly purpose: string
    readonly secret: Uint8Array
  },
): CheckedTerms | { readonly kind: 'refused'; readonly code: WireErrorCode } {
  const { ticketParams: params, expectedPrice: price, sender } = payment
  if (!price) return { kind: 'refused', code: 'invalid-expected-price' }
  if (!sameAddress(params.recipient, expected.recipient))
    return { kind: 'refused', code: 'invalid-recipient' }
  if (sameAddress(sender, ZERO_ADDRESS) || !sameAddress(sender, expected.sender)) {
    return { kind: 'refused', code: 'invalid-sender' }
  }
  const rand = recipientRand(expected.secret, { sender, params, price, purpose: expected.purpose })
  if (recipientRandHash(rand) !== params.recipientRandHash.toLowerCase()) {
    return { kind: 'refused', code: 'invalid-recipient-rand' }
  }
  return { kind: 'terms', sender, params, price, recipientRand: rand }
}

/** A ticket with a good signature. */
export type CheckedTicket = {
  readonly senderNonce: number
  /** Present when it won. */
  readonly win?: Omit<StoredWin, 'state'>
}

/** Undefined when the signature is not the sender's. Costs one public-key recovery. */
export function checkTicket(
  terms: CheckedTerms,
  signed: { readonly senderNonce: number; readonly signature: Hex },
): CheckedTicket | undefined {
  const { params, sender, recipientRand: rand } = terms
  const { senderNonce } = signed
  const ticket: Ticket = {
    recipient: params.recipient,
    sender,
    faceValue: params.faceValue,
    winProb: params.winProb,
    senderNonce,
    recipientRandHash: params.recipientRandHash,
    ...params.expirationParams,
  }
  const hash = ticketHash(ticket)
  const signature = fromHex(signed.signature)
  if (!isSignedBy(sender, hash, signature)) return undefined
  if (!isWinning({ winProb: params.winProb, signature, recipientRand: rand })) return { senderNonce }
  const winning = { ticket, signature: signed.signature, recipientRand: rand }
  return { senderNonce, win: { hash: toHex(hash), winning, expirationBlock: params.expirationBlock } }
}
