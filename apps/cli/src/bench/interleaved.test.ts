import { describe, expect, it } from 'vitest'
import { interleave, median, medianRatio } from './interleaved.ts'

describe('interleave', () => {
  it('runs both workloads in each pair and flips their order', async () => {
    const order: string[] = []
    const run = (name: string, value: number) => async () => {
      order.push(name)
      return value
    }
    const results = await interleave(3, run('a', 2), run('b', 1), () => undefined)
    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b'])
    expect(results).toEqual([1, 2, 3].map(() => ({ subject: 2, baseline: 1 })))
  })
})

describe('medianRatio', () => {
  it('is the median of the pairwise ratios', () => {
    const results = [1, 9, 2].map((subject) => ({ subject, baseline: 1 }))
    expect(medianRatio(results).value).toBe(2)
  })

  it('gives the whole range while pairs are few', () => {
    const results = [1, 3, 2].map((subject) => ({ subject, baseline: 1 }))
    expect(medianRatio(results)).toMatchObject({ low: 1, high: 3 })
  })

  it('leaves the extremes out once enough pairs bound the median', () => {
    const results = Array.from({ length: 11 }, (_, i) => ({ subject: i + 1, baseline: 1 }))
    expect(medianRatio(results)).toMatchObject({ low: 3, high: 9 })
  })
})

describe('median', () => {
  it('is the mean of the middle two for an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })
})
