/**
 * @module Keeps redemptions and claims of one account apart. A redemption that is mined after a claim of the same round
 * loses the stake's part of its fees; one that was only looked at before the claim must not be sent after it.
 */

export class ClaimGate {
  readonly #redeeming = new Set<Promise<unknown>>()
  #claiming: Promise<unknown> | undefined

  /**
   * Runs beside other redemptions and never beside a claim. `work` must look for itself whether earning counts now: a
   * claim may just have ended.
   */
  async redeem<T>(work: () => Promise<T>): Promise<T> {
    while (this.#claiming) await this.#claiming
    return this.#track(work())
  }

  /** Waits for the redemptions under way, holds later ones back, and runs alone. Claims run one after the other. */
  async claim<T>(work: () => Promise<T>): Promise<T> {
    while (this.#claiming) await this.#claiming
    const claiming = Promise.allSettled([...this.#redeeming]).then(work)
    this.#claiming = settled(claiming)
    try {
      return await claiming
    } finally {
      this.#claiming = undefined
    }
  }

  #track<T>(redeeming: Promise<T>): Promise<T> {
    const entry = settled(redeeming)
    this.#redeeming.add(entry)
    void entry.then(() => this.#redeeming.delete(entry))
    return redeeming
  }
}

const settled = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined)
