import { describe, expect, it } from 'vitest'
import { loadBench } from './registry.ts'

describe('loadBench', () => {
  it('refuses an unknown name and lists the known ones', () => {
    expect(() => loadBench('toString')).toThrow(expect.objectContaining({ code: 'BENCH_UNKNOWN' }))
    expect(() => loadBench('nope')).toThrow(
      expect.objectContaining({ advice: expect.stringContaining('network') }),
    )
  })
})
