/** @module Tickets in a stablecoin: what their sender signs (EIP-712). */
import type { Address } from '@tessera/protocol/address'
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { hashTypedData, type TypedDataDefinition } from 'viem'
import { type AnyTicket, ticketStruct } from './ticket-struct.ts'

/** Amounts in the token's smallest unit. */
export type StablecoinTicket = AnyTicket

/** Where a ticket holds; it is worthless at any other broker, chain or token. */
export type StablecoinTicketDomain = {
  readonly chainId: number
  readonly broker: Address
  readonly token: Address
}

/** Holder of a key that signs structured data, as `LocalSigner` does. */
export type TypedDataSigner = {
  /** Resolves to 65 bytes r, s, v with low s and v 27 or 28. */
  signTypedData(data: TypedDataDefinition): Promise<Uint8Array>
}

const types = {
  Ticket: [
    { name: 'recipient', type: 'address' },
    { name: 'sender', type: 'address' },
    { name: 'token', type: 'address' },
    { name: 'faceValue', type: 'uint256' },
    { name: 'winProb', type: 'uint256' },
    { name: 'senderNonce', type: 'uint256' },
    { name: 'recipientRandHash', type: 'bytes32' },
    { name: 'auxData', type: 'bytes' },
  ],
} as const

/** The structured data of a ticket, as wallets show it. */
function stablecoinTicketData(
  ticket: StablecoinTicket,
  where: StablecoinTicketDomain,
): TypedDataDefinition<typeof types, 'Ticket'> {
  return {
    domain: {
      name: 'Livepeer Stablecoin Tickets',
      version: '1',
      chainId: where.chainId,
      verifyingContract: where.broker,
    },
    types,
    primaryType: 'Ticket',
    message: { ...ticketStruct(ticket), token: where.token },
  }
}

/** Identity of a ticket at its broker, and the digest that its sender signs; the contract's `getTicketHash`. */
export function stablecoinTicketHash(ticket: StablecoinTicket, where: StablecoinTicketDomain): Hex {
  return hashTypedData(stablecoinTicketData(ticket, where))
}

/** @returns 65 bytes r, s, v, as the broker takes them. Throws what the signer throws. */
export async function signStablecoinTicket(
  ticket: StablecoinTicket,
  where: StablecoinTicketDomain,
  signer: TypedDataSigner,
): Promise<Hex> {
  return toHex(await signer.signTypedData(stablecoinTicketData(ticket, where)))
}
