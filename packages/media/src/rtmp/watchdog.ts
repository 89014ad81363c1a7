/** @module A deadline that moves: calls back once when nothing moved it in time. */
import type { Clock } from '@tessera/runtime/clock'

/** Longest single sleep: timers of Node overflow at 2^31 ms. */
const MAX_SLEEP_MS = 60_000

export class Watchdog {
  readonly #clock: Clock
  readonly #onExpiry: () => void
  readonly #stop = new AbortController()
  #dueMs = Number.POSITIVE_INFINITY
  #wakesAtMs = Number.POSITIVE_INFINITY
  #rearm = new AbortController()

  /** @param onExpiry may set a new deadline; until then the watchdog rests. */
  constructor(clock: Clock, onExpiry: () => void) {
    this.#clock = clock
    this.#onExpiry = onExpiry
  }

  /** Moves the deadline. Cheap when it moves away, as it does with every message. */
  expectWithin(ms: number): void {
    this.#dueMs = this.#clock.monotonicMs() + ms
    if (this.#dueMs < this.#wakesAtMs) this.#rearm.abort()
  }

  /** No deadline until the next `expectWithin`: it is not the peer that is slow. */
  pause(): void {
    this.#dueMs = Number.POSITIVE_INFINITY
  }

  stop(): void {
    this.#stop.abort()
  }

  /** Watches until `stop`. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const nowMs = this.#clock.monotonicMs()
      if (this.#dueMs <= nowMs) {
        this.#dueMs = Number.POSITIVE_INFINITY
        this.#onExpiry()
        continue
      }
      const sleepMs = Math.min(this.#dueMs - nowMs, MAX_SLEEP_MS)
      this.#wakesAtMs = nowMs + sleepMs
      this.#rearm = new AbortController()
      const signal = AbortSignal.any([this.#stop.signal, this.#rearm.signal])
      // Rejects only because it was woken.
      await this.#clock.sleep(sleepMs, { signal }).catch(() => undefined)
    }
  }
}
