/** @module Randomness as a dependency, so that tests and simulations are reproducible. */
import { randomFillSync } from 'node:crypto'

export type Random = {
  /** `count` random bytes; cryptographically strong in `systemRandom`. */
  bytes(count: number): Uint8Array
  /** A number in [0, 1). */
  uniform(): number
}

export const systemRandom: Random = {
  bytes: (count) => randomFillSync(new Uint8Array(count)),
  uniform: () => Math.random(),
}

/** Deterministic generator (xorshift128+ seeded by splitmix64) for tests and simulations; never for secrets. */
export function seededRandom(seed: number): Random {
  let mix = BigInt(seed)
  const mask = (1n << 64n) - 1n
  const splitmix = (): bigint => {
    mix = (mix + 0x9e3779b97f4a7c15n) & mask
    let z = mix
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask
    return z ^ (z >> 31n)
  }
  let a = splitmix()
  let b = splitmix()
  const next = (): bigint => {
    let x = a
    const y = b
    a = y
    x = (x ^ (x << 23n)) & mask
    b = x ^ y ^ (x >> 17n) ^ (y >> 26n)
    return (b + y) & mask
  }
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => Number(next() >> 56n)),
    uniform: () => Number(next() >> 11n) / 2 ** 53,
  }
}
