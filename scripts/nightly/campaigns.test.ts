import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { campaigns, seedOf } from './campaigns.ts'

describe('campaigns', () => {
  it('are the fuzzed properties and each file of invariants', () => {
    const names = campaigns(fileURLToPath(new URL('../..', import.meta.url))).map(({ name }) => name)
    expect(names).toEqual(['fuzz', 'Bridge', 'Protocol', 'StablecoinBroker', 'Votes'])
  })
})

describe('the seed of a slice', () => {
  it('is another for each night, campaign and slice, and the same when repeated', () => {
    const seeds = [seedOf('0x1', 'a', 0), seedOf('0x2', 'a', 0), seedOf('0x1', 'b', 0), seedOf('0x1', 'a', 9)]
    expect(new Set(seeds).size).toBe(4)
    expect(seedOf('0x1', 'a', 0)).toBe(seeds[0])
    expect(seeds[0]).toMatch(/^0x[0-9a-f]{64}$/)
  })
})
