import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiptProblem } from './evidence.ts'
import { CONTAINER, jobOf, profilesHashOf, workKey } from './receipt.ts'
import { type ReceiptMemory, VolatileReceiptMemory } from './receipt-memory.ts'
import { type OwnWork, ReceiptSigner } from './receipt-signer.ts'
import { SqliteReceiptMemory } from './sqlite-receipt-memory.ts'
import { domain, hashOf, orchestrator, ROUND, stream, workOf } from './test-receipts.suite.ts'

const config = { domain, receiptValidity: 3n }
const by = { domain, currentRound: ROUND, receiptValidity: 3n }

function own(sequence: bigint): OwnWork {
  const { orchestrator: _, ...rest } = workOf(sequence)
  return rest
}

function newSigner(
  over: { maxRemembered?: number } = {},
  memory: ReceiptMemory = new VolatileReceiptMemory(),
) {
  return new ReceiptSigner({ ...config, ...over }, { signer: orchestrator, memory })
}

test('signs an answer and its deliveries, and both count', async () => {
  const signer = newSigner()
  const segment = await signer.signSegment(own(1n), [stream(1), stream(2)], ROUND)
  const rendition = await signer.signRendition(own(1n), 1, stream(2), ROUND)
  expect(segment.receipt.container).toBe(CONTAINER.mpegTs)
  expect(rendition.receipt).toMatchObject({ rendition: 1, dataHash: hashOf(stream(2)) })
  expect(receiptProblem(segment, by)).toBeUndefined()
  expect(receiptProblem(rendition, by)).toBeUndefined()
  expect(workKey(segment.receipt)).toBe(workKey(rendition.receipt))
})

test('never signs a second result for the same work, but the first as often as it is asked', async () => {
  const signer = newSigner()
  const first = await signer.signSegment(own(1n), [stream(1)], ROUND)
  await expect(signer.signSegment(own(1n), [stream(2)], ROUND)).rejects.toMatchObject({
    code: 'RECEIPT_CONFLICT',
  })
  await expect(signer.signSegment(own(1n), [stream(1), stream(1)], ROUND + 1n)).rejects.toMatchObject({
    code: 'RECEIPT_CONFLICT',
  })
  expect(await signer.signSegment(own(1n), [stream(1)], ROUND)).toEqual(first)
  await signer.signSegment(own(2n), [stream(2)], ROUND)
})

test('hands over with its name only what it answered for', async () => {
  const signer = newSigner()
  await signer.signSegment(own(1n), [stream(1)], ROUND)
  await expect(signer.signRendition(own(1n), 0, stream(2), ROUND)).rejects.toMatchObject({
    code: 'RECEIPT_CONFLICT',
  })
  await expect(signer.signRendition(own(1n), 1, stream(1), ROUND)).rejects.toMatchObject({
    problem: 'NoSuchRendition',
  })
  await expect(signer.signRendition(own(2n), 0, stream(1), ROUND)).rejects.toMatchObject({
    problem: 'NoSuchRendition',
  })
})

test('remembers a result until the last receipt about it expires, that of a late delivery too', async () => {
  const signer = newSigner()
  await signer.signSegment(own(1n), [stream(1)], ROUND)
  await signer.signRendition(own(1n), 0, stream(1), ROUND + 3n)
  for (const later of [4n, 6n]) {
    await expect(signer.signSegment(own(1n), [stream(2)], ROUND + later)).rejects.toMatchObject({
      code: 'RECEIPT_CONFLICT',
    })
  }
  await signer.signSegment(own(1n), [stream(2)], ROUND + 7n)
})

test('knows after a restart what it signed before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receipts-test-'))
  try {
    using memory = SqliteReceiptMemory.open(join(folder, 'receipts.sqlite'))
    await newSigner({}, memory).signSegment(own(1n), [stream(1), stream(2)], ROUND)
    using again = SqliteReceiptMemory.open(join(folder, 'receipts.sqlite'))
    const restarted = newSigner({}, again)
    await expect(restarted.signSegment(own(1n), [stream(2), stream(1)], ROUND)).rejects.toMatchObject({
      code: 'RECEIPT_CONFLICT',
    })
    await restarted.signRendition(own(1n), 1, stream(2), ROUND)
    // For another judge it is other work.
    const elsewhere = { ...config, domain: { ...domain, chainId: 1 } }
    await new ReceiptSigner(elsewhere, { signer: orchestrator, memory: again }).signSegment(
      own(1n),
      [],
      ROUND,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  ['in memory', () => new VolatileReceiptMemory()],
  ['in SQLite', () => SqliteReceiptMemory.open(':memory:')],
])('keeps results %s until they are too old', (_, open) => {
  const memory: ReceiptMemory = open()
  const [a, b] = [hashOf('a'), hashOf('b')]
  memory.set(a, { round: 5n, hashes: [a, b] })
  memory.set(b, { round: 6n, hashes: [] })
  expect(memory.set(a, { round: 7n, hashes: [a, b] })).toEqual({ round: 7n, hashes: [a, b] })
  expect(memory.set(a, { round: 6n, hashes: [a, b] })).toEqual({ round: 7n, hashes: [a, b] })
  expect(memory.set(a, { round: 8n, hashes: [b] })).toEqual({ round: 7n, hashes: [a, b] })
  expect(memory.size).toBe(2)
  memory.forgetBefore(7n)
  expect(memory.size).toBe(1)
  expect(memory.get(a)).toEqual({ round: 7n, hashes: [a, b] })
  expect(memory.get(b)).toBeUndefined()
})

test('two processes with one key and one file never sign two results for the same work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receipts-'))
  try {
    using first = SqliteReceiptMemory.open(join(folder, 'receipts.sqlite'))
    using second = SqliteReceiptMemory.open(join(folder, 'receipts.sqlite'))
    // Both asked before either wrote.
    const late: ReceiptMemory = {
      size: 0,
      get: () => undefined,
      set: (key, result) => second.set(key, result),
      forgetBefore: () => undefined,
    }
    await newSigner({}, first).signSegment(own(1n), [stream(1)], ROUND)
    await expect(newSigner({}, late).signSegment(own(1n), [stream(2)], ROUND)).rejects.toMatchObject({
      code: 'RECEIPT_CONFLICT',
    })
    await newSigner({}, first).signRendition(own(1n), 0, stream(1), ROUND)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('calls only whole transport streams transport streams', async () => {
  const signer = newSigner()
  const { receipt } = await signer.signSegment(own(1n), [stream(1), new Uint8Array(4)], ROUND)
  expect(receipt.container).toBe(CONTAINER.unspecified)
})

test('remembers as long as receipts count, and signs nothing rather than forget', async () => {
  const signer = newSigner({ maxRemembered: 2 })
  await signer.signSegment(own(1n), [stream(1)], ROUND)
  await signer.signSegment(own(2n), [stream(1)], ROUND + 1n)
  await expect(signer.signSegment(own(3n), [stream(1)], ROUND + 3n)).rejects.toMatchObject({
    code: 'RECEIPT_MEMORY_FULL',
  })
  // The receipt of the first has expired by now: another result contradicts nothing that counts.
  await signer.signSegment(own(1n), [stream(2)], ROUND + 4n)
  await expect(signer.signSegment(own(2n), [stream(9)], ROUND + 4n)).rejects.toMatchObject({
    code: 'RECEIPT_CONFLICT',
  })
})

test('whatever is asked of it in whatever order, no two receipts that count contradict each other', async () => {
  const request = fc.record({
    sequence: fc.bigInt({ min: 0n, max: 2n }),
    fill: fc.integer({ min: 0, max: 2 }),
    later: fc.bigInt({ min: 0n, max: 2n }),
    isDelivery: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 16 }), async (requests) => {
      const signer = newSigner()
      const said: { work: string; hash: string; round: bigint }[] = []
      let round = ROUND
      for (const { sequence, fill, later, isDelivery } of requests) {
        round += later
        const data = stream(1, fill)
        const signing = isDelivery
          ? signer.signRendition(own(sequence), 0, data, round)
          : signer.signSegment(own(sequence), [data], round)
        const signed = await signing.catch(() => undefined)
        if (signed) said.push({ work: workKey(signed.receipt), hash: hashOf(data), round })
      }
      const contradictions = said.filter((a) =>
        said.some(
          (b) => a.work === b.work && a.hash !== b.hash && b.round >= a.round && b.round - a.round <= 3n,
        ),
      )
      expect(contradictions).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('jobs and profiles that differ in anything have different hashes', () => {
  expect(new Set([jobOf('ab', 'c'), jobOf('a', 'bc'), jobOf('ab', ''), jobOf('', 'ab')]).size).toBe(4)
  const profile = {
    name: 'p',
    width: 640,
    height: 360,
    bitrateBps: 1000,
    codec: 'h264',
    format: 'mpegts',
  } as const
  const hashes = [
    profilesHashOf([profile]),
    profilesHashOf([profile, profile]),
    profilesHashOf([{ ...profile, width: 320 }]),
    profilesHashOf([{ ...profile, fps: { numerator: 30, denominator: 1 } }]),
    profilesHashOf([{ ...profile, gopMs: 1000 }]),
    profilesHashOf([]),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
})
