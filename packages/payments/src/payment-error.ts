/** @module Why a gateway makes no tickets. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** Code to what to do about it. `REFRESH` errors pass with a new quote; `FUNDS` errors need the operator. */
const ADVICE = {
  PAYMENT_TERMS_MISSING: 'The orchestrator quoted no ticket parameters or no price; use another.',
  PAYMENT_PARAMS_EXPIRED: 'Fetch a new quote.',
  PAYMENT_NONCES_EXHAUSTED: 'Fetch a new quote.',
  PAYMENT_FACE_VALUE_TOO_LOW: 'The tickets asked for would always win; use another orchestrator.',
  PAYMENT_TICKET_EV_TOO_HIGH: 'Use another orchestrator, or raise the limit for one ticket.',
  PAYMENT_TOTAL_EV_TOO_HIGH: 'Use another orchestrator, or raise the limit for one payment.',
  PAYMENT_FACE_VALUE_TOO_HIGH: 'Add to the deposit, or lower the deposit multiplier.',
  PAYMENT_PRICE_DOUBLED: 'The price more than doubled during the session; start another.',
  PAYMENT_SENDER_UNLOCKING: 'Cancel the unlock of deposit and reserve.',
  PAYMENT_NO_RESERVE: 'Fund the reserve of the gateway.',
  PAYMENT_NO_DEPOSIT: 'Fund the deposit of the gateway.',
} as const

export type PaymentErrorCode = keyof typeof ADVICE

const REFRESHABLE: ReadonlySet<PaymentErrorCode> = new Set([
  'PAYMENT_PARAMS_EXPIRED',
  'PAYMENT_NONCES_EXHAUSTED',
])

/** No ticket was made and nothing was spent. Retryable when a new quote from the same orchestrator helps. */
export class PaymentError extends BaseError {
  declare readonly code: PaymentErrorCode

  constructor(code: PaymentErrorCode, message: string, facts: Facts = {}) {
    super({ code, message, advice: ADVICE[code], facts, retryable: REFRESHABLE.has(code) })
  }

  /** True when no orchestrator can be paid until somebody acts. */
  get concernsFunds(): boolean {
    return (
      this.code === 'PAYMENT_SENDER_UNLOCKING' ||
      this.code === 'PAYMENT_NO_RESERVE' ||
      this.code === 'PAYMENT_NO_DEPOSIT'
    )
  }
}
