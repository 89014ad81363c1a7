/** @module Choices by a seeded source of chance. */

import { bytesToBigint } from '@tessera/runtime/bytes'
import type { Random } from '@tessera/runtime/random'

export class Dice {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** In [0, end). */
  below(end: bigint): bigint {
    return bytesToBigint(this.#random.bytes(16)) % end
  }

  chance(probability: number): boolean {
    return this.#random.uniform() < probability
  }

  oneOf<T>(values: readonly T[]): T {
    return values[Number(this.below(BigInt(values.length)))]!
  }

  /** One of the keys, as likely as its weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][]
    let left = this.#random.uniform() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return entries[0]![0]
  }
}
