/** @module An orchestrator's till without a chain: takes tickets by what the test tells it. */
import type { Charged, Payee, Quoted, Received, Work } from '@tessera/payments/payee'
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Payment } from '@tessera/protocol/ticket'
import { wei } from '@tessera/protocol/units'

/** One pixel costs one wei. Each ticket is worth `ticketWei`. */
export class FakePayee implements Payee {
  recipient: Address = ZERO_ADDRESS
  ticketWei = 0n
  /** Set: quotes are refused with this text. */
  quoteRefusal: string | undefined
  /** Set: payments with tickets are rejected with this text. */
  paymentRefusal: string | undefined
  isFree = true
  readonly balances: Map<string, bigint> = new Map()
  readonly purposes: string[] = []

  async quote(work: Work): Promise<Quoted> {
    this.purposes.push(work.purpose)
    if (this.quoteRefusal === undefined) return { kind: 'quoted', terms: {} }
    return { kind: 'refused', code: 'insufficient-sender-reserve', text: this.quoteRefusal }
  }

  async receive(work: Work, payment: Payment): Promise<Received> {
    const tickets = payment.tickets.length
    if (tickets > 0 && this.paymentRefusal !== undefined) {
      return {
        kind: 'rejected',
        code: 'invalid-ticket-signature',
        text: this.paymentRefusal,
        tickets: 0,
        winners: 0,
      }
    }
    const key = work.balanceKey
    this.balances.set(key, (this.balances.get(key) ?? 0n) + BigInt(tickets) * this.ticketWei)
    return { kind: 'accepted', tickets, winners: 0 }
  }

  async hasCredit(account: Work): Promise<boolean> {
    return this.isFree || (this.balances.get(account.balanceKey) ?? 0n) >= this.ticketWei
  }

  async charge(
    account: Work,
    charge: { readonly units: bigint; readonly overdraft: boolean },
  ): Promise<Charged> {
    const balance = this.balances.get(account.balanceKey) ?? 0n
    const fee = wei(charge.units)
    if (!charge.overdraft && !this.isFree && balance < fee) return { kind: 'insufficient', fee }
    this.balances.set(account.balanceKey, balance - fee)
    return { kind: 'charged', fee }
  }
}
