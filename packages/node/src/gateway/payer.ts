/** @module Off chain nobody is paid: the same interface at no price. */
import type { Payer } from '@tessera/payments/payer'
import type { Address } from '@tessera/protocol/address'

/** Pays nothing: orchestrators off chain work for free. */
export function freePayer(address: Address): Payer {
  return {
    address,
    isQuoteStale: () => false,
    stage: async () => ({ tickets: 0, settle: () => undefined }),
  }
}
