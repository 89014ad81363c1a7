/** @module Gets one segment transcoded whatever happens to single orchestrators: next one, hedge, patience. */
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { classifyFailure } from './classify-failure.ts'
import { CONSEQUENCES } from './failure.ts'
import { type AttemptDeps, type AttemptResult, attemptSegment, type SegmentJob } from './segment-attempt.ts'
import type { Lease, SessionPool } from './session-pool.ts'

export type DeliveryConfig = {
  /** How long after its arrival a segment is still worth delivering, in ms. */
  readonly patienceMs: number
  /** Tries that end by the fault of an orchestrator before the segment is given up. */
  readonly maxFaults: number
}

export type DeliveryDeps = AttemptDeps & {
  readonly pool: Pick<SessionPool, 'acquire' | 'tryAcquireIdle'>
  readonly clock: Clock
  readonly log: Log
}

/** A segment whose first orchestrator failed and that another one delivered. */
export type Swap = {
  readonly fromUrl: string
  readonly toUrl: string /** From the failure to the delivery. */
  readonly ms: number
}

export type Delivery = AttemptResult & {
  readonly url: string
  /** Orchestrators tried, the one that delivered included. */
  readonly attempts: number
  readonly totalMs: number
  readonly swaps: readonly Swap[]
}

/** Nobody could transcode a segment within the gateway's patience. */
export class SegmentGivenUpError extends BaseError {
  constructor(why: string, facts: BaseError['facts'], cause: unknown) {
    super({
      code: 'SEGMENT_GIVEN_UP',
      message: `A segment was given up: ${why}.`,
      facts,
      cause,
      advice: 'Check that orchestrators are reachable and that the gateway has funds.',
    })
  }
}

/** Tells the view how a delivery goes on. */
export type DeliveryObserver = { attempting(url: string, attempts: number): void }

/** Bounds of the wait before a second orchestrator is asked, as multiples of the segment's duration. */
const HEDGE_AT_LEAST = 1.25
const HEDGE_AT_MOST = 3
/** A try that takes so many times longer than usual is worth a second one. */
const HEDGE_AT_USUAL = 3
/** Work time ÷ media time expected of an orchestrator that has not delivered yet: its codecs may be starting. */
const UNKNOWN_RATIO = 0.7
/** Orchestrators that work on the same segment at a time. */
const MAX_PARALLEL = 2
const HEDGE_RETRY_MS = 250
/** Answers "the segment itself is bad" after which it is given up. */
const BAD_INPUTS_BELIEVED = 2

type Running = {
  readonly lease: Lease
  readonly startedAtMs: number
  readonly stop: AbortController
  readonly end: Promise<Ended>
}
type Ended = { readonly run: Running } & ({ readonly result: AttemptResult } | { readonly error: unknown })

/**
 * Resolves with renditions that were checked. A failure is answered by another orchestrator at once; a try that takes
 * too long by a second one beside it, and the first to deliver wins.
 *
 * @throws {SegmentGivenUpError} when nobody can, or patience ends; otherwise only `signal.reason`.
 */
export async function deliverSegment(
  job: SegmentJob,
  config: DeliveryConfig,
  deps: DeliveryDeps,
  options: { readonly signal: AbortSignal; readonly observer?: DeliveryObserver },
): Promise<Delivery> {
  return new SegmentDelivery(job, config, deps, options).run()
}

class SegmentDelivery {
  readonly #job: SegmentJob
  readonly #config: DeliveryConfig
  readonly #deps: DeliveryDeps
  readonly #signal: AbortSignal
  readonly #observer: DeliveryObserver | undefined
  readonly #startedAtMs: number
  readonly #running = new Set<Running>()
  readonly #avoid = new Set<string>()
  readonly #failedAtMs: { url: string; atMs: number }[] = []
  #attempts = 0
  #faults = 0
  #badInputs = 0
  #lastError: unknown

  constructor(
    job: SegmentJob,
    config: DeliveryConfig,
    deps: DeliveryDeps,
    options: { readonly signal: AbortSignal; readonly observer?: DeliveryObserver },
  ) {
    this.#job = job
    this.#config = config
    this.#deps = deps
    this.#signal = options.signal
    this.#observer = options.observer
    this.#startedAtMs = deps.clock.monotonicMs()
  }

  async run(): Promise<Delivery> {
    const patience = deadline(this.#deps.clock, this.#config.patienceMs, {
      signal: this.#signal,
      reason: () => this.#givenUp('no orchestrator delivered it in time'),
    })
    try {
      while (true) {
        if (this.#running.size === 0) {
          this.#start(await this.#deps.pool.acquire(this.#wish(), patience.signal), patience.signal)
        }
        const ended = await this.#nextEnd(patience.signal)
        if (!ended) this.#hedge(patience.signal)
        else if ('result' in ended) return this.#delivered(ended.run, ended.result)
        else this.#failed(ended.run, ended.error, patience.signal)
      }
    } finally {
      patience.clear()
      this.#stopOthers()
    }
  }

  #wish(): { order: number; avoid: ReadonlySet<string>; exclude: ReadonlySet<string> } {
    const exclude = new Set([...this.#running].map((run) => run.lease.url))
    return { order: this.#job.segment.seq, avoid: this.#avoid, exclude }
  }

  #start(lease: Lease, signal: AbortSignal): void {
    this.#attempts += 1
    this.#observer?.attempting(lease.url, this.#attempts)
    const stop = new AbortController()
    const work = attemptSegment(this.#job, lease, this.#deps, AbortSignal.any([signal, stop.signal]))
    const run: Running = {
      lease,
      startedAtMs: this.#deps.clock.monotonicMs(),
      stop,
      end: work.then(
        (result) => ({ run, result }),
        (error: unknown) => ({ run, error }),
      ),
    }
    this.#running.add(run)
  }

  /** The next try to end; undefined when it is time to hedge. */
  async #nextEnd(signal: AbortSignal): Promise<Ended | undefined> {
    const timer = new AbortController()
    const waits: Promise<Ended | undefined>[] = [...this.#running].map((run) => run.end)
    if (this.#running.size < MAX_PARALLEL) {
      const due = this.#deps.clock.sleep(this.#hedgeDelayMs(), { signal: timer.signal })
      waits.push(due.then(() => undefined))
      due.catch(() => undefined)
    }
    try {
      const ended = await Promise.race(waits)
      if (!ended) signal.throwIfAborted()
      return ended
    } finally {
      timer.abort()
    }
  }

  #hedgeDelayMs(): number {
    const [run] = this.#running
    const mediaMs = this.#job.segment.duration
    const usual = (this.#deps.book.get(run!.lease.url)?.realtimeRatio ?? UNKNOWN_RATIO) * mediaMs
    const delay = Math.min(
      Math.max(HEDGE_AT_USUAL * usual, HEDGE_AT_LEAST * mediaMs),
      HEDGE_AT_MOST * mediaMs,
    )
    const elapsedMs = this.#deps.clock.monotonicMs() - run!.startedAtMs
    return Math.max(HEDGE_RETRY_MS, delay - elapsedMs)
  }

  #hedge(signal: AbortSignal): void {
    const lease = this.#deps.pool.tryAcquireIdle(this.#wish())
    if (!lease) return
    this.#deps.log.info(
      { seq: this.#job.segment.seq, url: lease.url },
      'segment is late, asking a second orchestrator',
    )
    this.#start(lease, signal)
  }

  #delivered(run: Running, result: AttemptResult): Delivery {
    const nowMs = this.#deps.clock.monotonicMs()
    const mediaMs = this.#job.segment.duration
    this.#running.delete(run)
    run.lease.succeed({ workMs: nowMs - run.startedAtMs, mediaMs })
    for (const late of this.#running) {
      const workMs = nowMs - late.startedAtMs
      // One that was asked first and is overtaken is slow; one that was asked second lost a race that it could not win.
      if (late.startedAtMs < run.startedAtMs) {
        this.#failedAtMs.push({ url: late.lease.url, atMs: run.startedAtMs })
        late.lease.fail('slow', { workMs, mediaMs })
      }
    }
    return {
      ...result,
      url: run.lease.url,
      attempts: this.#attempts,
      totalMs: nowMs - this.#startedAtMs,
      // One that failed first and delivered in the end was not swapped.
      swaps: this.#failedAtMs
        .filter(({ url }) => url !== run.lease.url)
        .map(({ url, atMs }) => ({ fromUrl: url, toUrl: run.lease.url, ms: nowMs - atMs })),
    }
  }

  #failed(run: Running, error: unknown, signal: AbortSignal): void {
    this.#running.delete(run)
    if (signal.aborted) {
      run.lease.cancel()
      throw signal.reason
    }
    const kind = classifyFailure(error)
    const { seq } = this.#job.segment
    this.#deps.log.info(
      { seq, url: run.lease.url, kind, why: describeError(error) },
      'segment failed at an orchestrator',
    )
    run.lease.fail(kind)
    this.#lastError = error
    // One orchestrator's word is not enough: it may be the one that cannot, or will not.
    if (kind === 'bad-input') this.#badInputs += 1
    if (this.#badInputs >= BAD_INPUTS_BELIEVED) throw this.#givenUp('it cannot be transcoded')
    if (kind !== 'bad-input' && !CONSEQUENCES[kind].isFault) return
    this.#avoid.add(run.lease.url)
    this.#failedAtMs.push({ url: run.lease.url, atMs: this.#deps.clock.monotonicMs() })
    this.#faults += 1
    if (this.#faults >= this.#config.maxFaults) throw this.#givenUp('too many orchestrators failed on it')
  }

  #stopOthers(): void {
    for (const run of this.#running) {
      run.stop.abort(new OvertakenError())
      run.lease.cancel()
    }
    this.#running.clear()
  }

  #givenUp(why: string): SegmentGivenUpError {
    const { manifestId, seq } = this.#job.segment
    const facts = { stream: manifestId, seq, attempts: this.#attempts }
    return new SegmentGivenUpError(why, facts, this.#lastError)
  }
}

class OvertakenError extends BaseError {
  constructor() {
    super({ code: 'SEGMENT_OVERTAKEN', message: 'Another orchestrator delivered the segment.' })
  }
}
