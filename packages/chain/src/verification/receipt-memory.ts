/** @module What an orchestrator signed, for as long as it counts against it. */
import type { Hex } from '@tessera/runtime/bytes'

/** The result of one piece of work, and the latest round in which a receipt about it was signed. */
export type SignedResult = {
  readonly round: bigint
  /** keccak256 of each rendition. */
  readonly hashes: readonly Hex[]
}

/**
 * Sessions outlive a restart of the orchestrator, so what it signed must, too: use `SqliteReceiptMemory` where stake is at
 * risk. Keys are 32 bytes in hex.
 */
export type ReceiptMemory = {
  readonly size: number
  get(key: Hex): SignedResult | undefined
  /**
   * Is kept for good before it returns. Another result under the same key stays: somebody else may have written it since
   * `get`. Of the same result the latest round is kept.
   * @returns the result that is kept now.
   */
  set(key: Hex, result: SignedResult): SignedResult
  /** Drops what was signed before `round`. */
  forgetBefore(round: bigint): void
}

/** What is kept when `result` comes after `before`. */
export function merged(before: SignedResult | undefined, result: SignedResult): SignedResult {
  if (before === undefined) return result
  return areSame(before.hashes, result.hashes) && result.round > before.round ? result : before
}

export function areSame(a: readonly Hex[], b: readonly Hex[]): boolean {
  return a.join() === b.join()
}

/** For tests, and chains where nothing is at stake. */
export class VolatileReceiptMemory implements ReceiptMemory {
  readonly #results = new Map<Hex, SignedResult>()

  get size(): number {
    return this.#results.size
  }

  get(key: Hex): SignedResult | undefined {
    return this.#results.get(key)
  }

  set(key: Hex, result: SignedResult): SignedResult {
    const kept = merged(this.#results.get(key), result)
    this.#results.set(key, kept)
    return kept
  }

  forgetBefore(round: bigint): void {
    for (const [key, result] of this.#results) if (result.round < round) this.#results.delete(key)
  }
}
