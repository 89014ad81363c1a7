/** @module A clock that tests move by hand: time passes only inside `advance`. */
import type { Clock } from '@tessera/runtime/clock'

type Sleeper = { readonly atMs: number; readonly order: number; wake(): void }

/** Macrotask turns given to woken code before time goes on; each turn runs all promise chains that are ready. */
const SETTLE_TURNS = 4

/**
 * Sleepers wake in order of their time, then of their call. Real I/O is not waited for: use it with fakes.
 *
 * @example
 * const clock = new VirtualClock()
 * const slept = clock.sleep(1000)
 * await clock.advance(1000)
 * await slept
 */
export class VirtualClock implements Clock {
  readonly #epochMs: number
  #elapsedMs = 0
  #order = 0
  #sleepers: Sleeper[] = []

  /** @param epochMs wall time at the start, ms since the Unix epoch. */
  constructor(epochMs = 1_700_000_000_000) {
    this.#epochMs = epochMs
  }

  nowMs(): number {
    return this.#epochMs + this.#elapsedMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  /** How many sleeps are waiting: 0 when the code under test is idle. */
  get sleeping(): number {
    return this.#sleepers.length
  }

  sleep(ms: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<void> {
    return new Promise((resolve, reject) => {
      const signal = options?.signal
      if (signal?.aborted) return reject(signal.reason)
      const sleeper: Sleeper = {
        atMs: this.#elapsedMs + Math.max(0, ms),
        order: this.#order++,
        wake: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      const onAbort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#sleepers.push(sleeper)
    })
  }

  /** Lets `ms` pass, waking each sleeper at its own time and letting what it starts run before the next. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms
    await this.settle()
    for (let next = this.#nextBefore(untilMs); next; next = this.#nextBefore(untilMs)) {
      const due = next
      this.#elapsedMs = due.atMs
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== due)
      due.wake()
      await this.settle()
    }
    this.#elapsedMs = untilMs
    await this.settle()
  }

  /** Advances in steps until `condition` holds. Throws after `limitMs` of virtual time. */
  async advanceUntil(condition: () => boolean, limitMs = 600_000, stepMs = 50): Promise<void> {
    const endMs = this.#elapsedMs + limitMs
    await this.settle()
    while (!condition()) {
      if (this.#elapsedMs >= endMs) throw new Error(`The condition did not hold within ${limitMs} ms.`)
      await this.advance(stepMs)
    }
  }

  /** Runs what is ready without letting time pass. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < SETTLE_TURNS; turn++) {
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }

  #nextBefore(untilMs: number): Sleeper | undefined {
    let next: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (sleeper.atMs > untilMs) continue
      if (!next || sleeper.atMs < next.atMs || (sleeper.atMs === next.atMs && sleeper.order < next.order)) {
        next = sleeper
      }
    }
    return next
  }
}
