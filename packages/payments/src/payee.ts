/** @module The orchestrator's side of payments: quote, receive, charge. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Payment } from '@tessera/protocol/ticket'
import type { Wei } from '@tessera/protocol/units'
import type { WireErrorCode } from '@tessera/protocol/wire/error-codes'
import type { PaymentTerms } from './payer.ts'

/** Whose credit: the sender and the key of its balance (session id for segments, manifest id for real-time work). */
export type Account = { readonly sender: Address; readonly balanceKey: string }

export type QuoteRequest = Account & {
  /**
   * What the price is for, e.g. `transcode` or `live-video-to-video/noop`. Tickets quoted for one purpose are refused
   * for another, so that a cheap quote cannot pay dear work.
   */
  readonly purpose: string
  /** Today's price before the surcharge for redemption. A price that the account already pays goes before it. */
  readonly basePrice: Price
}

export type Quoted =
  | { readonly kind: 'quoted'; readonly terms: PaymentTerms }
  | { readonly kind: 'refused'; readonly code: WireErrorCode; readonly text: string }

export type ReceiveRequest = Account & { readonly purpose: string; readonly payment: Payment }

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
      readonly winners: number
    }

export type Charged =
  | { readonly kind: 'charged'; readonly fee: Wei }
  /** Nothing was charged: the credit is below the fee. */
  | { readonly kind: 'insufficient'; readonly fee: Wei }

export type Payee = {
  /** Who is paid; 20 zero bytes off chain. */
  readonly recipient: Address
  /** Terms for GetOrchestrator and for the info of each answer. Empty terms off chain. */
  quote(request: QuoteRequest): Promise<Quoted>
  /** Checks and credits. Durable when it resolves. `sender` must be the authenticated gateway. */
  receive(request: ReceiveRequest): Promise<Received>
  /** True when work may begin: the account holds at least the value of one ticket, or the work is free. */
  hasCredit(account: Account): Promise<boolean>
  /**
   * Charges `work` units at the account's own price, rounded up to whole wei. With `overdraft` the credit may fall
   * below zero (work that is done already); without it a short account is left alone.
   */
  charge(account: Account, charge: { readonly work: bigint; readonly overdraft: boolean }): Promise<Charged>
}
