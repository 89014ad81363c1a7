/** @module Off chain nothing is paid: both sides of payments at price zero. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { wei } from '@tessera/protocol/units'
import type { Payee } from './payee.ts'
import type { Payer } from './payer.ts'

/** Makes no tickets, whatever the quote says. */
export function freePayer(address: Address = ZERO_ADDRESS): Payer {
  return {
    address,
    isQuoteStale: () => false,
    stage: async () => ({ tickets: 0, settle: () => undefined }),
  }
}

/** Quotes nothing, accepts any payment without looking, always works. */
export const freePayee: Payee = {
  recipient: ZERO_ADDRESS,
  quote: async () => ({ kind: 'quoted', terms: {} }),
  receive: async () => ({ kind: 'accepted', tickets: 0, winners: 0 }),
  hasCredit: async () => true,
  charge: async () => ({ kind: 'charged', fee: wei(0n) }),
}
