/** @module The gateway's side of payments: tickets before the work, the books after it. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Payment, TicketParams } from '@tessera/protocol/ticket'
import type { Wei } from '@tessera/protocol/units'

/** The part of an orchestrator's quote that matters here. Both are absent when it takes no payment. */
export type PaymentTerms = { readonly ticketParams?: TicketParams; readonly price?: Price }

/**
 * `not-sent`: the tickets never left. `refused`: no credit was given. `credited`: the orchestrator took them but the
 * work was not delivered. `unknown`: sent, and no answer tells.
 */
export type PaymentFate = 'not-sent' | 'refused' | 'credited' | 'unknown'

export type PaymentOutcome = { readonly spent: Wei } | { readonly fate: PaymentFate }

export type StagedPayment = {
  /** Absent off chain. */
  readonly payment?: Payment
  /** Number of tickets in `payment`. */
  readonly tickets: number
  /** Books what became of it. The first call counts. */
  settle(outcome: PaymentOutcome): void
}

export type Payer = {
  /** Address that signs; 20 zero bytes off chain. */
  readonly address: Address
  /** True when tickets made on these terms would soon be refused as expired: fetch a new quote first. */
  isQuoteStale(terms: PaymentTerms): boolean
  /**
   * Tickets so that the credit under `balanceKey` covers `fee`, as few as needed: none while earlier credit lasts.
   * @throws {PaymentError} when there are no funds or the terms are not acceptable.
   */
  stage(request: {
    readonly quote: PaymentTerms
    readonly balanceKey: string
    readonly fee: Wei
  }): Promise<StagedPayment>
}
