import { seededRandom } from '@tessera/runtime/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, DEFAULT_WEIGHTS, select, weigh } from './selection.ts'

const candidate = (id: string, over: Partial<Candidate> = {}): Candidate => ({
  id,
  stake: 1n,
  price: { wei: 1n, units: 1n },
  reliability: 1,
  inFlight: 0,
  maxInFlight: 2,
  ...over,
})

const anyCandidate = fc.record({
  stake: fc.bigInt({ min: 0n, max: 10n ** 27n }),
  price: fc.option(
    fc.record({
      wei: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      units: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    }),
    { nil: undefined },
  ),
  realtimeRatio: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
  reliability: fc.double({ min: 0, max: 1, noNaN: true }),
  inFlight: fc.integer({ min: 0, max: 3 }),
  maxInFlight: fc.integer({ min: 1, max: 3 }),
})
const anyCandidates = fc
  .array(anyCandidate, { maxLength: 8 })
  .map((all) => all.map((one, i): Candidate => ({ ...one, id: `o${i}` })))
const anyUniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('weigh', () => {
  test('gives the weights of the worked example', () => {
    const [first, second] = weigh([candidate('a', { stake: 3n }), candidate('b')], DEFAULT_WEIGHTS)
    expect(first).toBeCloseTo(0.625)
    expect(second).toBeCloseTo(0.375)
  })

  test('prefers the cheaper, the faster, the more reliable and the idler', () => {
    const pairs: [Partial<Candidate>, Partial<Candidate>][] = [
      [{ price: { wei: 1n, units: 2n } }, { price: { wei: 1n, units: 1n } }],
      [{ realtimeRatio: 0.3 }, { realtimeRatio: 0.9 }],
      [{ reliability: 0.9 }, { reliability: 0.5 }],
      [{ inFlight: 0 }, { inFlight: 1 }],
    ]
    for (const [better, worse] of pairs) {
      const [a, b] = weigh([candidate('a', better), candidate('b', worse)], DEFAULT_WEIGHTS)
      expect(a).toBeGreaterThan(b!)
    }
  })

  test('does not depend on the unit of stake', () => {
    fc.assert(
      fc.property(anyCandidates, (all) => {
        const scaled = all.map((one) => ({ ...one, stake: one.stake * 1000n }))
        expect(weigh(scaled, DEFAULT_WEIGHTS)).toEqual(weigh(all, DEFAULT_WEIGHTS))
      }),
      { seed: 1 },
    )
  })
})

describe('select', () => {
  test('returns undefined when nobody may be chosen', () => {
    const base = { weights: DEFAULT_WEIGHTS, uniform: 0.5 }
    expect(select({ candidates: [], ...base })).toBeUndefined()
    expect(select({ candidates: [candidate('a', { inFlight: 2 })], ...base })).toBeUndefined()
    expect(select({ candidates: [candidate('a')], excluded: new Set(['a']), ...base })).toBeUndefined()
    const maxPrice = { wei: 1n, units: 2n }
    expect(select({ candidates: [candidate('a')], maxPrice, ...base })).toBeUndefined()
  })

  test('chooses only candidates with room, not excluded and within the price; chooses one if there is one', () => {
    fc.assert(
      fc.property(
        anyCandidates,
        anyUniform,
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        (candidates, uniform, most) => {
          const excluded = new Set(['o0'])
          const maxPrice = { wei: most, units: 1n }
          const allowed = candidates.filter(
            (one) =>
              one.id !== 'o0' &&
              one.inFlight < one.maxInFlight &&
              (!one.price || one.price.wei <= most * one.price.units),
          )
          const chosen = select({ candidates, excluded, maxPrice, weights: DEFAULT_WEIGHTS, uniform })
          if (allowed.length === 0) expect(chosen).toBeUndefined()
          else expect(allowed).toContain(chosen)
        },
      ),
      { seed: 2 },
    )
  })

  test('shares work in proportion to the weights', () => {
    const random = seededRandom(3)
    const candidates = [candidate('a', { stake: 3n }), candidate('b')]
    let first = 0
    for (let i = 0; i < 4000; i++) {
      if (select({ candidates, weights: DEFAULT_WEIGHTS, uniform: random.uniform() })?.id === 'a') first++
    }
    expect(first / 4000).toBeCloseTo(0.625, 1)
  })
})
