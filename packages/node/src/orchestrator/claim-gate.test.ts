import { expect, test } from 'vitest'
import { ClaimGate } from './claim-gate.ts'

/** Work that ends when told to; writes down when it starts and ends. */
function works() {
  const happened: string[] = []
  const work = (name: string) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const run = async (): Promise<void> => {
      happened.push(`${name} starts`)
      await promise
      happened.push(`${name} ends`)
    }
    return { run, end: resolve }
  }
  return { happened, work }
}

/** Lets everything happen that waits for nothing but promises. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('redemptions run side by side', async () => {
  const { happened, work } = works()
  const gate = new ClaimGate()
  const [a, b] = [work('a'), work('b')]
  const both = Promise.all([gate.redeem(a.run), gate.redeem(b.run)])
  await settle()
  expect(happened).toEqual(['a starts', 'b starts'])
  a.end()
  b.end()
  await both
})

test('a claim waits for redemptions under way, and later ones wait for the claim', async () => {
  const { happened, work } = works()
  const gate = new ClaimGate()
  const [before, claim, after] = [work('before'), work('claim'), work('after')]
  const all = [gate.redeem(before.run), gate.claim(claim.run), gate.redeem(after.run)]
  await settle()
  expect(happened).toEqual(['before starts'])
  before.end()
  await settle()
  expect(happened).toEqual(['before starts', 'before ends', 'claim starts'])
  claim.end()
  after.end()
  await Promise.all(all)
  expect(happened.slice(3)).toEqual(['claim ends', 'after starts', 'after ends'])
})

test('a failed claim or redemption blocks nobody', async () => {
  const gate = new ClaimGate()
  const fails = () => Promise.reject(new Error('reverted'))
  await expect(gate.redeem(fails)).rejects.toThrow('reverted')
  await expect(gate.claim(fails)).rejects.toThrow('reverted')
  await expect(gate.claim(async () => 'claimed')).resolves.toBe('claimed')
  await expect(gate.redeem(async () => 'redeemed')).resolves.toBe('redeemed')
})

test('claims run one after the other', async () => {
  const { happened, work } = works()
  const gate = new ClaimGate()
  const [a, b] = [work('a'), work('b')]
  const both = Promise.all([gate.claim(a.run), gate.claim(b.run)])
  await settle()
  expect(happened).toEqual(['a starts'])
  a.end()
  b.end()
  await both
  expect(happened).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
})
