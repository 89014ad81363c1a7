/** @module An orchestrator's till without a chain: takes tickets by what the test tells it. */
import type {
  Account,
  Charged,
  Payee,
  Quoted,
  QuoteRequest,
  Received,
  ReceiveRequest,
} from '@tessera/payments/payee'
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
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

  async quote(request: QuoteRequest): Promise<Quoted> {
    this.purposes.push(request.purpose)
    if (this.quoteRefusal === undefined) return { kind: 'quoted', terms: {} }
    return { kind: 'refused', code: 'insufficient-sender-reserve', text: this.quoteRefusal }
  }

  async receive(request: ReceiveRequest): Promise<Received> {
    const tickets = request.payment.tickets.length
    if (tickets > 0 && this.paymentRefusal !== undefined) {
      return {
        kind: 'rejected',
        code: 'invalid-ticket-signature',
        text: this.paymentRefusal,
        tickets: 0,
        winners: 0,
      }
    }
    const key = request.balanceKey
    this.balances.set(key, (this.balances.get(key) ?? 0n) + BigInt(tickets) * this.ticketWei)
    return { kind: 'accepted', tickets, winners: 0 }
  }

  async hasCredit(account: Account): Promise<boolean> {
    return this.isFree || (this.balances.get(account.balanceKey) ?? 0n) >= this.ticketWei
  }

  async charge(
    account: Account,
    { work, overdraft }: { work: bigint; overdraft: boolean },
  ): Promise<Charged> {
    const balance = this.balances.get(account.balanceKey) ?? 0n
    if (!overdraft && !this.isFree && balance < work) return { kind: 'insufficient', fee: wei(work) }
    this.balances.set(account.balanceKey, balance - work)
    return { kind: 'charged', fee: wei(work) }
  }
}
