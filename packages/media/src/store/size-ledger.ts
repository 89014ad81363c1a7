/** @module How much a store holds, and which objects are the oldest. */

/** Sizes by key, oldest first: a JavaScript map keeps the order in which keys were set. */
export class SizeLedger {
  readonly #sizes = new Map<string, number>()
  #total = 0

  get total(): number {
    return this.#total
  }

  has(key: string): boolean {
    return this.#sizes.has(key)
  }

  /** The key becomes the newest. */
  set(key: string, bytes: number): void {
    this.delete(key)
    this.#sizes.set(key, bytes)
    this.#total += bytes
  }

  delete(key: string): void {
    this.#total -= this.#sizes.get(key) ?? 0
    this.#sizes.delete(key)
  }

  /** The oldest keys that must go so that `total + incoming ≤ limit`, not counting what `replaced` holds. */
  oldestOver(limit: number, incoming: number, replaced: string): string[] {
    let excess = this.#total - (this.#sizes.get(replaced) ?? 0) + incoming - limit
    const gone: string[] = []
    for (const [key, bytes] of this.#sizes) {
      if (excess <= 0) break
      if (key === replaced) continue
      gone.push(key)
      excess -= bytes
    }
    return gone
  }

  keysUnder(prefix: string): string[] {
    return [...this.#sizes.keys()].filter((key) => key.startsWith(`${prefix}/`))
  }
}
