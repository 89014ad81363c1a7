/** @module How the gateway pays, as it sees it: on chain with tickets, off chain not at all. */
import type { Address } from '@tessera/protocol/address'
import type { Payment } from '@tessera/protocol/ticket'
import type { Wei } from '@tessera/protocol/units'
import type { Quote } from '../rpc/orchestrator-api.ts'
import type { PaymentFate } from '../rpc/orchestrator-error.ts'

export type StagedPayment = {
  /** Absent off chain. */
  readonly payment?: Payment
  readonly tickets: number
  /**
   * Books what became of it; call it once. `spent` is the fee of the work that was delivered; without delivery the
   * fate of the tickets decides whether their value is still with us.
   */
  settle(outcome: { readonly spent: Wei } | { readonly fate: PaymentFate }): void
}

export type Payer = {
  /** Address that signs; 20 zero bytes off chain. */
  readonly address: Address
  /** True when tickets made with this quote would be refused as expired. */
  isQuoteStale(quote: Quote): boolean
  /**
   * Tickets so that the balance under `balanceKey` covers `fee`, as few as needed: none while earlier credit lasts.
   * Rejects when the gateway has no funds or the quote's terms are not acceptable.
   */
  stage(request: {
    readonly quote: Quote
    readonly balanceKey: string
    readonly fee: Wei
  }): Promise<StagedPayment>
}

/** Pays nothing: orchestrators off chain work for free. */
export function freePayer(address: Address): Payer {
  return {
    address,
    isQuoteStale: () => false,
    stage: async () => ({ tickets: 0, settle: () => undefined }),
  }
}
