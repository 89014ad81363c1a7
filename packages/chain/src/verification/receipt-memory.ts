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
  /** Is kept for good before it returns. */
  set(key: Hex, result: SignedResult): void
  /** Drops what was signed before `round`. */
  forgetBefore(round: bigint): void
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

  set(key: Hex, result: SignedResult): void {
    this.#results.set(key, result)
  }

  forgetBefore(round: bigint): void {
    for (const [key, result] of this.#results) if (result.round < round) this.#results.delete(key)
  }
}
