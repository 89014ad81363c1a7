/** @module What the gateway believes each orchestrator owes it in work: credit by session, and who stages it. */
import { comparePrices, type Price } from '@tessera/protocol/price'
import type { Wei } from '@tessera/protocol/units'
import { type Credit, credit, NO_CREDIT, weiToCredit } from './credit.ts'
import type { PaymentOutcome } from './payer.ts'

/** Sessions remembered; the one unused for longest goes first, and with it at most a few tickets' worth of credit. */
const MAX_SESSIONS = 10_000

type Session = { credit: Credit; readonly initialPrice: Price }

/** Credit taken out of a session for one payment, to be settled once. */
export type Withdrawal = {
  readonly existing: Credit
  /** Puts everything back: the payment was never made. */
  undo(): void
  /** Books `bought` (the value of the tickets sent) and the outcome. */
  settle(bought: Credit, outcome: PaymentOutcome): void
}

/**
 * Tickets needed so that credit covers `fee`, and at least one ticket's worth. `⌈(max(fee, value) − existing) ÷ value⌉`,
 * none when enough is there (go-livepeer's StageUpdate).
 */
export function ticketsNeeded(request: { fee: Credit; ticketValue: Credit; existing: Credit }): number {
  const { fee, ticketValue, existing } = request
  if (ticketValue <= 0n) return 0
  const isMoreThanOne = fee > ticketValue
  const missing = (isMoreThanOne ? fee : ticketValue) - existing
  return missing <= 0n ? 0 : Number((missing + ticketValue - 1n) / ticketValue)
}

/**
 * Never believes in more credit than the orchestrator holds: what was sent without an answer counts as spent, also the
 * credit that was there before.
 */
export class SenderLedger {
  readonly #sessions = new Map<string, Session>()

  /** Credit of a session; 0 for one never seen. */
  credit(key: string): Credit {
    return this.#sessions.get(key)?.credit ?? NO_CREDIT
  }

  /** False when `price` is more than twice what the session began with. The first price seen is what it begins with. */
  acceptsPrice(key: string, price: Price): boolean {
    const { initialPrice } = this.#session(key, price)
    return comparePrices(price, { wei: initialPrice.wei * 2n, units: initialPrice.units }) <= 0
  }

  /** Empties the session until the payment is settled, so that concurrent payments never count the same credit. */
  withdraw(key: string, price: Price): Withdrawal {
    const session = this.#session(key, price)
    const existing = session.credit
    session.credit = NO_CREDIT
    let isOpen = true
    const add = (amount: bigint): void => {
      if (isOpen) session.credit = credit(session.credit + amount)
      isOpen = false
    }
    return {
      existing,
      undo: () => add(existing),
      settle: (bought, outcome) => add(remaining(existing, bought, outcome)),
    }
  }

  #session(key: string, price: Price): Session {
    const session = this.#sessions.get(key) ?? { credit: NO_CREDIT, initialPrice: price }
    this.#sessions.delete(key)
    this.#sessions.set(key, session)
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest)
    return session
  }
}

function remaining(existing: Credit, bought: Credit, outcome: PaymentOutcome): bigint {
  if ('spent' in outcome) return existing + bought - weiToCredit(outcome.spent as Wei)
  switch (outcome.fate) {
    case 'not-sent':
      return existing
    case 'credited':
      return existing + bought
    case 'refused':
    case 'unknown':
      return 0n
  }
}
