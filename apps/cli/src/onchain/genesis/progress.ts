/** @module Says on standard error how far long work is, at most every two seconds. */
import type { Clock } from '@tessera/runtime/clock'

const EVERY_MS = 2_000

export class Progress {
  readonly #clock: Clock
  readonly #tell: (line: string) => void
  #next: number

  constructor(clock: Clock, tell: (line: string) => void) {
    this.#clock = clock
    this.#tell = tell
    this.#next = clock.monotonicMs() + EVERY_MS
  }

  /** `line` is made only when it is told. */
  report(line: () => string): void {
    const now = this.#clock.monotonicMs()
    if (now < this.#next) return
    this.#next = now + EVERY_MS
    this.#tell(line())
  }
}
