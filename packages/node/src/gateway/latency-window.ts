/** @module Percentiles of the newest measurements. */

/** 20 s at 30 frames a second. */
const DEFAULT_SIZE = 600

export class LatencyWindow {
  readonly #size: number
  readonly #values: number[] = []
  #next = 0

  constructor(size: number = DEFAULT_SIZE) {
    this.#size = size
  }

  add(value: number): void {
    this.#values[this.#next] = value
    this.#next = (this.#next + 1) % this.#size
  }

  /** Nearest rank; undefined before the first value. @param share 0 to 1 */
  percentile(share: number): number | undefined {
    const sorted = [...this.#values].sort((a, b) => a - b)
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  }
}
