import { describe, expect, it } from 'vitest'
import { benchRow } from './bench.ts'

const FIGURE = { figure: 'x', unit: 's', baseline: 'none', low: 1, high: 2 }

describe('benchRow', () => {
  it('is ok up to its target', () => {
    expect(benchRow({ ...FIGURE, value: 1.5, target: 1.5 }).ok).toBe(true)
    expect(benchRow({ ...FIGURE, value: 1.501, target: 1.5 }).ok).toBe(false)
  })

  it('keeps four digits', () => {
    expect(benchRow({ ...FIGURE, value: 1.23456, target: 2 }).value).toBe(1.235)
  })
})
