import { expect, test } from 'vitest'
import { seededRandom, systemRandom } from './random.ts'

test('the same seed gives the same sequence, another seed another', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed)
    return [random.uniform(), ...random.bytes(16), random.uniform()]
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('the sequence of a seed does not change between versions', () => {
  const random = seededRandom(1)
  expect([...random.bytes(8)]).toEqual([152, 145, 211, 91, 186, 250, 164, 34])
  expect(random.uniform()).toBe(0.17927643927168224)
})

test.each([
  ['seeded', seededRandom(42)],
  ['system', systemRandom],
])('%s: uniform numbers lie in [0, 1), bytes have their number and spread over all values', (_, random) => {
  const numbers = Array.from({ length: 20_000 }, () => random.uniform())
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
  expect(random.bytes(0)).toEqual(new Uint8Array())
  const bytes = random.bytes(20_000)
  expect(bytes).toHaveLength(20_000)
  expect(new Set(bytes).size).toBe(256)
})
