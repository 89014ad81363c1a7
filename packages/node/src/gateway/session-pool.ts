/** @module The sessions that one stream holds with orchestrators: opened ahead, renewed in time, lent one piece of work at a time. */
import { comparePrices, type Price } from '@tessera/protocol/price'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { Needs, OrchestratorApi, Quote } from '../rpc/orchestrator-api.ts'
import { classifyFailure } from './classify-failure.ts'
import { CONSEQUENCES, type FailureKind } from './failure.ts'
import type { OrchestratorBook } from './orchestrator-book.ts'
import { type Candidate, type SelectionWeights, select } from './selection.ts'

/** How often suspensions, expiries and new orchestrators are looked at. */
const TICK_MS = 200
/** A token is renewed when this share of its validity is left (go-livepeer does the same). */
const RENEW_AT_SHARE_LEFT = 0.1
/** Farewells at the end of a stream are a courtesy: they get this long. */
const FAREWELL_MS = 1_000

export type SessionPoolConfig = {
  readonly needs: Needs
  /** Pieces of work one orchestrator may have of this stream at a time. */
  readonly maxInFlight: number
  /** How long the first choice waits for slower orchestrators' quotes, in ms. */
  readonly discoveryTimeoutMs: number
  readonly maxPrice?: Price | undefined
  readonly weights: SelectionWeights
}

export type SessionPoolDeps = {
  readonly book: OrchestratorBook
  readonly api: Pick<OrchestratorApi, 'getQuote' | 'endSession'>
  /** True when tickets made with this quote would be refused as expired. */
  readonly isQuoteStale: (quote: Quote) => boolean
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The right to give one piece of work to one orchestrator. Exactly one of `succeed`, `fail`, `cancel` ends it. */
export type Lease = {
  readonly url: string
  /** The session's quote, renewed first when it is stale. Rejects as `getQuote` does. */
  quote(signal: AbortSignal): Promise<Quote>
  /** Takes over parameters that came with an answer. */
  renew(quote: Quote): void
  succeed(work: { readonly workMs: number; readonly mediaMs: number }): void
  fail(kind: FailureKind, slow?: { readonly workMs: number; readonly mediaMs: number }): void
  /** Gives the place back without a verdict. */
  cancel(): void
}

export type Wish = {
  /** Smaller is served first: the segment's number. */
  readonly order: number
  /** Taken only when nobody else is there: those that failed on this piece. */
  readonly avoid: ReadonlySet<string>
  /** Never taken: those working on this piece already. */
  readonly exclude: ReadonlySet<string>
}

type Session = {
  readonly url: string
  quote: Quote
  renewAtMs: number
  readonly initialPrice: Price | undefined
  inFlight: number
  renewal: Promise<Quote> | undefined
}

type Waiter = { readonly wish: Wish; resolve(lease: Lease): void }

export class SessionPool implements AsyncDisposable {
  readonly #config: SessionPoolConfig
  readonly #deps: SessionPoolDeps
  readonly #scope = new TaskScope()
  readonly #sessions = new Map<string, Session>()
  readonly #opening = new Set<string>()
  readonly #waiters = new Set<Waiter>()
  readonly #openedAtMs: number

  constructor(config: SessionPoolConfig, deps: SessionPoolDeps) {
    this.#config = config
    this.#deps = deps
    this.#openedAtMs = deps.clock.monotonicMs()
    this.#scope.run('keep sessions', (signal) => this.#keep(signal))
  }

  /** Sessions that can be given work, busy ones included. */
  get size(): number {
    return this.#sessions.size
  }

  /** Waits for a place as long as it takes; rejects with `signal.reason`. */
  acquire(wish: Wish, signal: AbortSignal): Promise<Lease> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const waiter: Waiter = {
        wish,
        resolve: (lease) => {
          signal.removeEventListener('abort', onAbort)
          resolve(lease)
        },
      }
      const onAbort = (): void => {
        this.#waiters.delete(waiter)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiters.add(waiter)
      this.#serve()
    })
  }

  /**
   * A place at an orchestrator that does nothing for this stream now. Where all are busy a second try of a late piece
   * would make the others later still: on two saturated cores it doubled the work and lost the stream.
   */
  tryAcquireIdle(wish: Wish): Lease | undefined {
    const session = this.#choose(wish, (session) => session.inFlight === 0)
    return session && this.#lend(session)
  }

  /** Stops, and tells the orchestrators that the stream is over. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.close()
    const limit = deadline(this.#deps.clock, FAREWELL_MS, { reason: () => new PoolClosedError() })
    const farewells = [...this.#sessions.values()].map((session) =>
      this.#deps.api.endSession(session.quote, { signal: limit.signal }).catch((error: unknown) => {
        this.#deps.log.debug({ url: session.url, error: describeError(error) }, 'could not say goodbye')
      }),
    )
    this.#sessions.clear()
    await Promise.all(farewells)
    limit.clear()
  }

  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#openMissing()
      this.#renewAging()
      this.#serve()
      await this.#deps.clock.sleep(TICK_MS, { signal })
    }
  }

  #openMissing(): void {
    const { book } = this.#deps
    for (const { url } of book.listed()) {
      if (this.#sessions.has(url) || this.#opening.has(url) || book.isSuspended(url)) continue
      this.#opening.add(url)
      this.#scope.run(`open a session with ${url}`, (signal) => this.#open(url, signal))
    }
    for (const url of this.#sessions.keys()) if (!book.isListed(url)) this.#sessions.delete(url)
  }

  async #open(url: string, signal: AbortSignal): Promise<void> {
    const { api, book, log } = this.#deps
    try {
      const quote = await api.getQuote(url, this.#config.needs, { signal })
      book.quoted(url, { address: quote.address, price: quote.price })
      this.#sessions.set(url, {
        url,
        quote,
        renewAtMs: this.#renewalTime(quote),
        initialPrice: quote.price,
        inFlight: 0,
        renewal: undefined,
      })
      log.debug({ url, orchestrator: quote.address }, 'session opened')
    } catch (error) {
      if (signal.aborted) return
      const kind = classifyFailure(error)
      book.failed(url, kind === 'stale' ? 'failed' : kind)
      log.debug({ url, kind, error: describeError(error) }, 'an orchestrator gave no quote')
    } finally {
      this.#opening.delete(url)
      this.#serve()
    }
  }

  #renewAging(): void {
    for (const session of this.#sessions.values()) {
      if (session.renewal || this.#deps.clock.nowMs() < session.renewAtMs) continue
      this.#renewed(session).catch((error: unknown) => this.#drop(session, classifyFailure(error)))
    }
  }

  /** One renewal at a time for a session, shared by those who wait for it. */
  #renewed(session: Session): Promise<Quote> {
    session.renewal ??= this.#renew(session).finally(() => {
      session.renewal = undefined
    })
    return session.renewal
  }

  async #renew(session: Session): Promise<Quote> {
    const options = { signal: this.#scope.signal, isRefresh: true }
    const quote = await this.#deps.api.getQuote(session.url, this.#config.needs, options)
    this.#adopt(session, quote)
    session.renewAtMs = this.#renewalTime(quote)
    return quote
  }

  #drop(session: Session, kind: FailureKind): void {
    if (this.#scope.signal.aborted || this.#sessions.get(session.url) !== session) return
    this.#deps.book.failed(session.url, kind)
    this.#sessions.delete(session.url)
  }

  /** @throws {PriceRaisedError} when the price is more than twice what the session began with. */
  #adopt(session: Session, quote: Quote): void {
    const first = session.initialPrice
    const most = first && { wei: first.wei * 2n, units: first.units }
    if (most && quote.price && comparePrices(quote.price, most) > 0) {
      throw new PriceRaisedError(session.url, first, quote.price)
    }
    session.quote = quote
    this.#deps.book.quoted(session.url, { address: quote.address, price: quote.price })
  }

  #renewalTime(quote: Quote): number {
    const nowMs = this.#deps.clock.nowMs()
    const validForMs = quote.authToken.expiresAtSeconds * 1000 - nowMs
    return nowMs + Math.max(TICK_MS, validForMs * (1 - RENEW_AT_SHARE_LEFT))
  }

  #serve(): void {
    if (this.#scope.signal.aborted || this.#isStillDiscovering()) return
    const inOrder = [...this.#waiters].sort((a, b) => a.wish.order - b.wish.order)
    for (const waiter of inOrder) {
      const session = this.#choose(waiter.wish)
      if (!session) continue
      this.#waiters.delete(waiter)
      waiter.resolve(this.#lend(session))
    }
  }

  /** At the start everyone gets a little time to answer, so that the first to answer does not take all. */
  #isStillDiscovering(): boolean {
    const ageMs = this.#deps.clock.monotonicMs() - this.#openedAtMs
    return this.#opening.size > 0 && ageMs < this.#config.discoveryTimeoutMs
  }

  #choose(wish: Wish, isWanted: (session: Session) => boolean = () => true): Session | undefined {
    const { book, random } = this.#deps
    const usable = [...this.#sessions.values()].filter(
      (session) => !book.isSuspended(session.url) && isWanted(session),
    )
    const candidates = usable.map((session) => this.#candidate(session))
    const draw = (excluded: ReadonlySet<string>) =>
      select({
        candidates,
        excluded,
        maxPrice: this.#config.maxPrice,
        weights: this.#config.weights,
        uniform: random.uniform(),
      })
    const fresh = new Set([...wish.exclude, ...wish.avoid])
    const isSomeoneElseThere = usable.some((session) => !fresh.has(session.url))
    const chosen = isSomeoneElseThere ? draw(fresh) : draw(wish.exclude)
    return chosen && this.#sessions.get(chosen.id)
  }

  #candidate(session: Session): Candidate {
    const record = this.#deps.book.get(session.url)
    return {
      id: session.url,
      stake: record?.stake ?? 0n,
      price: session.quote.price,
      realtimeRatio: record?.realtimeRatio,
      reliability: record?.reliability ?? 1,
      inFlight: session.inFlight,
      maxInFlight: this.#config.maxInFlight,
    }
  }

  #lend(session: Session): Lease {
    session.inFlight += 1
    let isOpen = true
    const end = (verdict: () => void): void => {
      if (!isOpen) return
      isOpen = false
      session.inFlight -= 1
      verdict()
      this.#serve()
    }
    const { book } = this.#deps
    return {
      url: session.url,
      quote: async (signal) =>
        session.renewal || this.#deps.isQuoteStale(session.quote)
          ? abortable(this.#renewed(session), signal)
          : session.quote,
      renew: (quote) => {
        try {
          this.#adopt(session, quote)
        } catch (error) {
          this.#deps.log.warn({ error: describeError(error) }, 'session closed')
          this.#drop(session, classifyFailure(error))
        }
      },
      succeed: (work) => end(() => book.succeeded(session.url, work)),
      fail: (kind, slow) =>
        end(() => {
          book.failed(session.url, kind, slow)
          if (!CONSEQUENCES[kind].keepsSession && this.#sessions.get(session.url) === session) {
            this.#sessions.delete(session.url)
            this.#openMissing()
          }
        }),
      cancel: () => end(() => undefined),
    }
  }
}

/** `promise`, or `signal.reason` if that comes first. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

class PoolClosedError extends BaseError {
  constructor() {
    super({ code: 'SESSION_POOL_CLOSED', message: 'The stream is over.' })
  }
}

/** The price of a running session more than doubled: Livepeer's rule against bait and switch. */
class PriceRaisedError extends BaseError {
  constructor(url: string, from: Price, to: Price) {
    super({
      code: 'PRICE_RAISED',
      message: 'An orchestrator more than doubled its price during a session.',
      facts: { url, from: `${from.wei}/${from.units}`, to: `${to.wei}/${to.units}` },
      advice: 'Its session is closed; the work goes to others.',
    })
  }
}
