/** @module Takes tickets: the orchestrator's side on chain. */
import { setImmediate } from 'node:timers/promises'
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Payment } from '@tessera/protocol/ticket'
import { blockNumber, unixMs, type Wei, wei } from '@tessera/protocol/units'
import { WIRE_ERRORS, type WireErrorCode } from '@tessera/protocol/wire/error-codes'
import { MAX_TICKETS_PER_PARAMS } from '@tessera/protocol/wire/limits'
import { bytesToBigint } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import type { Metrics } from '@tessera/runtime/metrics'
import { Mutex } from '@tessera/runtime/mutex'
import type { Random } from '@tessera/runtime/random'
import { advertisedPrice, reduced } from './advertised-price.ts'
import { credit, NO_CREDIT, ticketValue, weiToCredit } from './credit.ts'
import type { Account, Charged, Payee, Quoted, Received, Work } from './payee.ts'
import type { Broker, ChainClock, RedemptionCost } from './ports.ts'
import { type RecipientCounters, recipientCounters } from './recipient-counters.ts'
import { SenderMonitor } from './sender-monitor.ts'
import { chooseFaceValue, makeTicketParams, type TicketPolicy } from './ticket-params.ts'
import type { StoredAccount, TicketStore } from './ticket-store.ts'
import { type CheckedTerms, type CheckedTicket, checkTerms, checkTicket } from './validator.ts'

export type RecipientConfig = {
  /** Who is paid: an orchestrator registered on chain. */
  readonly recipient: Address
  readonly policy: TicketPolicy
  /** An account unused for so long is closed (go-livepeer: 10 minutes). */
  readonly accountIdleMs: number
}

export type RecipientDeps = {
  readonly broker: Broker
  readonly cost: RedemptionCost
  readonly chain: ChainClock
  readonly store: TicketStore
  readonly clock: Clock
  readonly random: Random
  readonly metrics: Metrics
}

export const DEFAULT_ACCOUNT_IDLE_MS = 600_000

/** Tickets checked before other work gets a turn: each costs 1.5 to 3 ms. */
const TICKETS_PER_TURN = 4
/** Nonces are kept so long after their parameters expired: L1 may go back a few blocks. */
const NONCE_MARGIN_BLOCKS = 100n
const FORGET_EVERY_MS = 60_000
/** Rounding of win probabilities may leave a ticket this much below the policy's EV. */
const EV_TOLERANCE: Wei = wei(1n)

/** Credits, nonces and wins are durable before a payment is acknowledged. */
export class TicketRecipient implements Payee {
  readonly recipient: Address
  readonly #config: RecipientConfig
  readonly #deps: RecipientDeps
  readonly #secret: Uint8Array
  readonly #senders: SenderMonitor
  /** Serialises reading and writing of accounts and nonces; checks of signatures run outside. */
  readonly #books = new Mutex()
  readonly #counted: RecipientCounters
  #forgotAtMs: number

  private constructor(config: RecipientConfig, deps: RecipientDeps, secret: Uint8Array) {
    this.recipient = config.recipient
    this.#config = config
    this.#deps = deps
    this.#secret = secret
    this.#senders = new SenderMonitor({ recipient: config.recipient }, deps)
    this.#counted = recipientCounters(deps.metrics)
    this.#forgotAtMs = deps.clock.monotonicMs()
  }

  /** The secret behind all tickets lives in the store, so that a restart leaves open parameters valid. */
  static async open(config: RecipientConfig, deps: RecipientDeps): Promise<TicketRecipient> {
    const secret = await deps.store.secret('recipient-rand', () => deps.random.bytes(32))
    return new TicketRecipient(config, deps, secret)
  }

  async quote(work: Work): Promise<Quoted> {
    const account = await this.#deps.store.account(accountOf(work))
    if ((account?.price ?? work.basePrice).wei === 0n) return this.#quoted(work, FREE, wei(0n))
    const txCost = await this.#deps.cost.redemptionCost()
    const maxFloat = await this.#senders.maxFloat(work.sender)
    const face = chooseFaceValue({ txCost, maxFloat }, this.#config.policy)
    if (face.kind !== 'chosen') return { ...refusal(face.kind), kind: 'refused' }
    const { addsRedemptionCost } = this.#config.policy
    const current = addsRedemptionCost
      ? advertisedPrice(work.basePrice, face.faceValue, txCost)
      : reduced(work.basePrice)
    return this.#quoted(work, account?.price ?? current, face.faceValue)
  }

  async receive(work: Work, payment: Payment): Promise<Received> {
    await this.#forgetSometimes()
    const { ticketParams } = payment
    if (!ticketParams) return { kind: 'accepted', tickets: 0, winners: 0 }
    if (await this.#senders.isUnlocking(work.sender)) return this.#rejected('sender-unlocking')
    const terms = checkTerms(
      { ...payment, ticketParams },
      { recipient: this.recipient, sender: work.sender, purpose: work.purpose, secret: this.#secret },
    )
    if (terms.kind === 'refused') return this.#rejected(terms.code)
    const checked = await this.#checkTickets(terms, payment.tickets)
    const badSignature = checked.length < payment.tickets.length
    const received = await this.#books.run(() => this.#book(work, terms, checked))
    this.#counted.received.add(received.tickets)
    this.#counted.won.add(received.winners)
    if (received.kind === 'rejected') this.#counted.rejected.add(1, { code: received.code })
    if (received.kind === 'rejected' || !badSignature) return received
    return this.#rejected('invalid-ticket-signature', received)
  }

  async hasCredit(work: Work): Promise<boolean> {
    const account = await this.#deps.store.account(accountOf(work))
    if ((account?.price ?? work.basePrice).wei === 0n) return true
    const needed = weiToCredit(wei(this.#config.policy.ticketEv - EV_TOLERANCE))
    return account !== undefined && account.credit >= needed
  }

  charge(work: Work, { units, overdraft }: { units: bigint; overdraft: boolean }): Promise<Charged> {
    return this.#books.run(async () => {
      const account = await this.#account(work)
      const price = account.price ?? work.basePrice
      const fee = wei((price.wei * units + price.units - 1n) / price.units)
      const left = credit(account.credit - weiToCredit(fee))
      if (left < 0n && fee > 0n && !overdraft) return { kind: 'insufficient', fee }
      if (fee > 0n) await this.#deps.store.putAccount({ ...account, credit: left })
      return { kind: 'charged', fee }
    })
  }

  #quoted(work: Work, price: Price, faceValue: Wei): Quoted {
    const { chain, random } = this.#deps
    const ticketParams = makeTicketParams(
      { recipient: this.recipient, secret: this.#secret, policy: this.#config.policy },
      { work, price, faceValue, seed: bytesToBigint(random.bytes(32)), view: chain.view() },
    )
    return { kind: 'quoted', terms: { ticketParams, price } }
  }

  /** Those before the first bad signature. */
  async #checkTickets(terms: CheckedTerms, tickets: Payment['tickets']): Promise<readonly CheckedTicket[]> {
    const checked: CheckedTicket[] = []
    for (const signed of tickets) {
      const ticket = checkTicket(terms, signed)
      if (!ticket) break
      checked.push(ticket)
      if (checked.length % TICKETS_PER_TURN === 0) await setImmediate()
    }
    return checked
  }

  /** Credits tickets up to the first that is seen, one too many or expired; stores all wins; one durable step. */
  async #book(work: Work, terms: CheckedTerms, tickets: readonly CheckedTicket[]): Promise<Received> {
    const { store, chain } = this.#deps
    const { recipientRandHash: randHash, expirationBlock } = terms.params
    const seen = new Set(await store.seenNonces(randHash))
    const isExpired = expirationBlock <= chain.view().l1Block
    const fresh: number[] = []
    let bad: WireErrorCode | undefined
    for (const { senderNonce } of tickets) {
      bad = nonceProblem(seen, senderNonce) ?? (isExpired ? 'params-expired' : undefined)
      if (bad) break
      seen.add(senderNonce)
      fresh.push(senderNonce)
    }
    const account = await this.#account(work)
    const earned = ticketValue(terms.params) * BigInt(fresh.length)
    const wins = tickets.flatMap((ticket) => (ticket.win ? [ticket.win] : []))
    const wasStored = await store.accept({
      recipientRandHash: randHash,
      expirationBlock,
      nonces: fresh,
      wins,
      ...(fresh.length > 0 && {
        account: { ...account, price: account.price ?? terms.price, credit: credit(account.credit + earned) },
      }),
    })
    if (!wasStored) return this.#rejected('nonce-seen')
    const booked = { tickets: fresh.length, winners: wins.length }
    return bad ? this.#rejected(bad, booked) : { kind: 'accepted', ...booked }
  }

  async #account(work: Work): Promise<StoredAccount> {
    const usedAt = unixMs(this.#deps.clock.nowMs())
    const key = accountOf(work)
    const account = await this.#deps.store.account(key)
    return { ...key, credit: NO_CREDIT, ...account, usedAt }
  }

  async #forgetSometimes(): Promise<void> {
    const { clock, chain, store } = this.#deps
    if (clock.monotonicMs() - this.#forgotAtMs < FORGET_EVERY_MS) return
    this.#forgotAtMs = clock.monotonicMs()
    const { l1Block } = chain.view()
    await store.forget({
      block: blockNumber(l1Block > NONCE_MARGIN_BLOCKS ? l1Block - NONCE_MARGIN_BLOCKS : 0n),
      usedAt: unixMs(Math.max(0, clock.nowMs() - this.#config.accountIdleMs)),
    })
  }

  #rejected(code: WireErrorCode, booked = { tickets: 0, winners: 0 }): Received {
    return { kind: 'rejected', ...refusal(code), tickets: booked.tickets, winners: booked.winners }
  }
}

const FREE: Price = { wei: 0n, units: 1n }

/**
 * Credit belongs to a purpose: the first payment fixes the account's price, and one for cheap work must not fix that of
 * dear work under the same key. No escaped purpose contains the separator, so no two share an account.
 */
export function accountOf({ sender, balanceKey, purpose }: Work): Account {
  return { sender, balanceKey: `${encodeURIComponent(purpose)}/${balanceKey}` }
}

function nonceProblem(seen: ReadonlySet<number>, nonce: number): WireErrorCode | undefined {
  if (seen.has(nonce)) return 'nonce-seen'
  return seen.size >= MAX_TICKETS_PER_PARAMS ? 'too-many-nonces' : undefined
}

function refusal(code: WireErrorCode): { readonly code: WireErrorCode; readonly text: string } {
  return { code, text: WIRE_ERRORS[code].text }
}
