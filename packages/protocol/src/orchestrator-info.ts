/** @module What an orchestrator offers to one gateway: price, ticket parameters, token, capabilities. */
import { type Address, sameAddress, ZERO_ADDRESS } from './address.ts'
import type { AuthToken } from './auth-token.ts'
import type { Capabilities } from './capabilities.ts'
import type { Price } from './price.ts'
import type { TicketParams } from './ticket.ts'

export type OrchestratorInfo = {
  /** Base URL for work, `https://host:port`. */
  readonly url: string
  /** All zeros off chain. */
  readonly address: Address
  /** Absent off chain. */
  readonly ticketParams?: TicketParams
  /** Per pixel, exactly as sent: it goes back with each payment. Absent off chain. */
  readonly price?: Price
  readonly capabilities: Capabilities
  readonly authToken: AuthToken
  /** Price of a unit of work by capability and model. Only in answers to requests that ask for everything. */
  readonly capabilityPrices: readonly CapabilityPrice[]
  /** URLs of further nodes of the same orchestrator. */
  readonly nodes: readonly string[]
}

export type CapabilityPrice = { readonly capability: number; readonly model: string; readonly price: Price }

/** Whose signature results carry: the stated address, or the payee when none is stated. */
export function resultSigner(info: OrchestratorInfo): Address {
  const isStated = !sameAddress(info.address, ZERO_ADDRESS)
  return isStated ? info.address : (info.ticketParams?.recipient ?? ZERO_ADDRESS)
}
