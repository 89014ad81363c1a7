/** @module The orchestrator's secret half of each ticket, derived instead of stored. */
import { createHmac } from 'node:crypto'
import { type Address, addressBytes } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { TicketParams } from '@tessera/protocol/ticket'
import { auxData } from '@tessera/protocol/wire/ticket-hash'
import { bigintToBytes, bigintToMinimalBytes, bytesToBigint, concatBytes } from '@tessera/runtime/bytes'
import { reduced } from './advertised-price.ts'

/** Everything the random number depends on: whoever changes any of it gets another hash and is found out. */
export type RandInput = {
  readonly sender: Address
  readonly params: Omit<TicketParams, 'recipient' | 'recipientRandHash'>
  readonly price: Price
  /** See `Work.purpose`; empty gives go-livepeer's number. */
  readonly purpose: string
}

/**
 * `HMAC-SHA256(secret, …)` over go-livepeer's input followed by the lengths of its numbers and the purpose. Only its
 * keccak hash leaves the orchestrator until the ticket is redeemed.
 */
export function recipientRand(secret: Uint8Array, input: RandInput): bigint {
  return bytesToBigint(createHmac('sha256', secret).update(randMacInput(input)).digest())
}

/**
 * go-livepeer joins `seed || sender || faceValue || winProb || expirationBlock || price || aux`, numbers without
 * leading zeros, the price reduced. That alone is ambiguous: a sender could move the first byte of the price to the
 * end of the expiration block and pay less under the same hash. The lengths that follow make it unique.
 */
export function randMacInput({ sender, params, price, purpose }: RandInput): Uint8Array {
  const { wei, units } = reduced(price)
  const seed = bigintToMinimalBytes(params.seed)
  const numbers = [params.faceValue, params.winProb, params.expirationBlock, wei, units].map(
    bigintToMinimalBytes,
  )
  const aux = auxData(params.expirationParams)
  const reference = concatBytes(seed, addressBytes(sender), ...numbers, aux)
  if (purpose === '') return reference
  const text = new TextEncoder().encode(purpose)
  const lengths = [seed, ...numbers, aux, text].map(({ length }) => bigintToBytes(BigInt(length), 2))
  return concatBytes(reference, text, ...lengths)
}
