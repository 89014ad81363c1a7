/** @module What the gateway knows of each orchestrator, over all streams: speed, reliability, suspension, totals. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Clock } from '@tessera/runtime/clock'
import type { Random } from '@tessera/runtime/random'
import type { OrchestratorRef } from './directory.ts'
import { CONSEQUENCES, type FailureKind } from './failure.ts'

/** Share of the newest measurement in the moving averages: about the last six count. */
const RATIO_ALPHA = 0.3
const RELIABILITY_ALPHA = 0.15
/** Pause after the second of failures that may be retried at once the first time. */
const SMALLEST_PAUSE_MS = 250

export type OrchestratorRecord = {
  readonly url: string
  readonly address: Address | undefined
  readonly stake: bigint
  readonly price: Price | undefined
  /** Work time ÷ media time, moving average. */
  readonly realtimeRatio: number | undefined
  /** Moving average of good answers, 0 to 1; starts at 1. */
  readonly reliability: number
  /** Monotonic time until which it gets no work; 0 when it may. */
  readonly suspendedUntilMs: number
  readonly lastFailure: FailureKind | undefined
  readonly failuresInARow: number
  readonly segments: number
  readonly failures: number
  readonly ticketsSent: number
  readonly feesWei: bigint
  /** As it reports itself. */
  readonly ticketsWon: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export class OrchestratorBook {
  readonly #records = new Map<string, Mutable<OrchestratorRecord>>()
  /** Tickets won as last reported. */
  readonly #reported = new Map<string, number>()
  #listed: ReadonlySet<string> = new Set()
  readonly #clock: Clock
  readonly #random: Random

  constructor(deps: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = deps.clock
    this.#random = deps.random
  }

  /** Takes over a directory's answer. What was measured of an orchestrator outlives its absence from the list. */
  update(refs: readonly OrchestratorRef[]): void {
    this.#listed = new Set(refs.map((ref) => ref.url))
    for (const ref of refs) {
      const record = this.#records.get(ref.url) ?? newRecord(ref.url)
      record.stake = ref.stake
      record.address = ref.address ?? record.address
      this.#records.set(ref.url, record)
    }
  }

  /** Those listed now, suspended ones included. */
  listed(): readonly OrchestratorRecord[] {
    return this.all().filter((record) => this.#listed.has(record.url))
  }

  /** All ever seen. */
  all(): readonly OrchestratorRecord[] {
    return [...this.#records.values()]
  }

  get(url: string): OrchestratorRecord | undefined {
    return this.#records.get(url)
  }

  isListed(url: string): boolean {
    return this.#listed.has(url)
  }

  isSuspended(url: string): boolean {
    return (this.#records.get(url)?.suspendedUntilMs ?? 0) > this.#clock.monotonicMs()
  }

  quoted(url: string, quote: { readonly address: Address; readonly price: Price | undefined }): void {
    const record = this.#records.get(url)
    if (!record) return
    record.address = quote.address
    record.price = quote.price
  }

  paid(url: string, payment: { readonly tickets: number; readonly feeWei: bigint }): void {
    const record = this.#records.get(url)
    if (!record) return
    record.ticketsSent += payment.tickets
    record.feesWei += payment.feeWei
  }

  reported(url: string, report: { readonly ticketsWon: number }): void {
    const record = this.#records.get(url)
    if (!record) return
    // It counts from its own start: a smaller number means that it began anew. What it had won before it was sent any
    // ticket by this gateway is of an earlier time.
    const before = this.#reported.get(url) ?? (record.ticketsSent === 0 ? report.ticketsWon : 0)
    const isRestarted = report.ticketsWon < before
    record.ticketsWon += isRestarted ? report.ticketsWon : report.ticketsWon - before
    this.#reported.set(url, report.ticketsWon)
    // It answers again. Without a stream nothing else would show that.
    if (record.lastFailure === 'unreachable' && !this.isSuspended(url)) record.lastFailure = undefined
  }

  /** @param work times of one piece of work; `mediaMs` > 0. */
  succeeded(url: string, work: { readonly workMs: number; readonly mediaMs: number }): void {
    const record = this.#records.get(url)
    if (!record) return
    record.segments += 1
    // Work that was under way when it was suspended does not lift the suspension.
    if (!this.isSuspended(url)) {
      record.failuresInARow = 0
      record.lastFailure = undefined
    }
    record.realtimeRatio = average(record.realtimeRatio, work.workMs / work.mediaMs, RATIO_ALPHA)
    record.reliability = average(record.reliability, 1, RELIABILITY_ALPHA)
  }

  /** Suspends it with a pause that doubles at each failure in a row; a fault also costs reliability. */
  failed(url: string, kind: FailureKind, slow?: { readonly workMs: number; readonly mediaMs: number }): void {
    const record = this.#records.get(url)
    if (!record) return
    const consequence = CONSEQUENCES[kind]
    if (consequence.isFault) {
      record.failures += 1
      record.reliability = average(record.reliability, 0, RELIABILITY_ALPHA)
    }
    if (slow) record.realtimeRatio = average(record.realtimeRatio, slow.workMs / slow.mediaMs, RATIO_ALPHA)
    // Several pieces in flight fail together when a peer dies: they are one failure, not a row of them.
    if (consequence.longestPauseMs === 0 || this.isSuspended(url)) return
    const pauseMs = pauseAfter(record.failuresInARow, consequence)
    record.failuresInARow += 1
    record.lastFailure = kind
    if (pauseMs > 0) {
      record.suspendedUntilMs = this.#clock.monotonicMs() + pauseMs * (0.75 + this.#random.uniform() / 2)
    }
  }
}

/** A first pause of 0 means "again at once", but only once. */
function pauseAfter(failuresInARow: number, kind: { firstPauseMs: number; longestPauseMs: number }): number {
  if (failuresInARow === 0) return kind.firstPauseMs
  return Math.min(kind.longestPauseMs, Math.max(kind.firstPauseMs, SMALLEST_PAUSE_MS) * 2 ** failuresInARow)
}

function newRecord(url: string): Mutable<OrchestratorRecord> {
  return {
    url,
    address: undefined,
    stake: 0n,
    price: undefined,
    realtimeRatio: undefined,
    reliability: 1,
    suspendedUntilMs: 0,
    lastFailure: undefined,
    failuresInARow: 0,
    segments: 0,
    failures: 0,
    ticketsSent: 0,
    feesWei: 0n,
    ticketsWon: 0,
  }
}

function average(before: number | undefined, value: number, alpha: number): number {
  return before === undefined ? value : before + alpha * (value - before)
}
