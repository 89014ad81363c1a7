/** @module The orchestrator's side of payments: quote, receive, charge. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Payment } from '@tessera/protocol/ticket'
import type { Wei } from '@tessera/protocol/units'
import type { WireErrorCode } from '@tessera/protocol/wire/error-codes'
import type { PaymentTerms } from './payer.ts'

/** Whose credit: the sender and the key of its balance (session id for segments, manifest id for real-time work). */
export type Account = { readonly sender: Address; readonly balanceKey: string }

/** Work that is or shall be done for an account. The orchestrator makes one for a session and passes it to each call. */
export type Work = Account & {
  /**
   * What the price is for, e.g. `transcode` or `live-video-to-video/noop`. Tickets quoted for one purpose are refused
   * for another, so that a cheap quote cannot pay dear work.
   */
  readonly purpose: string
  /** Today's price of a unit before the surcharge for redemption. The price that the account pays already goes before it. */
  readonly basePrice: Price
}

export type Quoted =
  | { readonly kind: 'quoted'; readonly terms: PaymentTerms }
  | { readonly kind: 'refused'; readonly code: WireErrorCode; readonly text: string }

/** What became of a payment. Tickets before the first bad one stay credited, also when it is rejected. */
export type Received =
  | { readonly kind: 'accepted'; readonly tickets: number; readonly winners: number }
  | {
      readonly kind: 'rejected'
      /** Tells the gateway what to do; `text` is what go-livepeer's gateway expects. */
      readonly code: WireErrorCode
      readonly text: string
      /** Tickets credited before the bad one. */
      readonly tickets: number
      /** Winning tickets among all that were read: they are redeemed even when they gave no credit. */
      readonly winners: number
    }

/** `insufficient`: nothing was charged, the credit is below the fee. */
export type Charged = { readonly kind: 'charged' | 'insufficient'; readonly fee: Wei }

export type Payee = {
  /** Who is paid; 20 zero bytes off chain. */
  readonly recipient: Address
  /** Terms for GetOrchestrator and for the info of each answer; empty off chain. Rejects when the chain cannot be asked. */
  quote(work: Work): Promise<Quoted>
  /**
   * Checks and credits; durable when it resolves. `work.sender` must be the authenticated gateway. The first payment
   * fixes the account's price.
   */
  receive(work: Work, payment: Payment): Promise<Received>
  /** True when work may begin: the account holds at least the value of one ticket, or the work is free. */
  hasCredit(work: Work): Promise<boolean>
  /**
   * Charges `units` at the account's own price, rounded up to whole wei. With `overdraft` the credit may fall below
   * zero (the work is done already); without it a short account is left alone.
   */
  charge(work: Work, charge: { readonly units: bigint; readonly overdraft: boolean }): Promise<Charged>
}
