import { keccak_256 } from '@noble/hashes/sha3.js'
import { toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keccak256 } from './keccak.ts'

describe('keccak256', () => {
  it('is the known hash of nothing', () => {
    expect(toHex(keccak256(new Uint8Array()))).toBe(
      '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    )
  })

  it('agrees with an independent implementation on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(toHex(keccak256(bytes))).toBe(toHex(keccak_256(bytes)))
      }),
      { seed: 42 },
    )
  })

  it('gives results that later calls do not change', () => {
    const first = keccak256(Uint8Array.of(1))
    const copy = toHex(first)
    keccak256(Uint8Array.of(2))
    expect(toHex(first)).toBe(copy)
  })
})
