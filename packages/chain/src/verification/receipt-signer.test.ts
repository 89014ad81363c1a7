import fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiptProblem } from './evidence.ts'
import { CONTAINER, jobOf, profilesHashOf, workKey } from './receipt.ts'
import { type OwnWork, ReceiptSigner } from './receipt-signer.ts'
import { domain, hashOf, orchestrator, ROUND, stream, workOf } from './test-receipts.suite.ts'

const config = { domain, receiptValidity: 3n }
const by = { domain, currentRound: ROUND, receiptValidity: 3n }

function own(sequence: bigint): OwnWork {
  const { orchestrator: _, ...rest } = workOf(sequence)
  return rest
}

test('signs an answer and its deliveries, and both count', async () => {
  const signer = new ReceiptSigner(config, orchestrator)
  const segment = await signer.signSegment(own(1n), [stream(1), stream(2)], ROUND)
  const rendition = await signer.signRendition(own(1n), 1, stream(2), ROUND)
  expect(segment.receipt.container).toBe(CONTAINER.mpegTs)
  expect(rendition.receipt).toMatchObject({ rendition: 1, dataHash: hashOf(stream(2)) })
  expect(receiptProblem(segment, by)).toBeUndefined()
  expect(receiptProblem(rendition, by)).toBeUndefined()
  expect(workKey(segment.receipt)).toBe(workKey(rendition.receipt))
})

test('never signs a second result for the same work, but the first as often as it is asked', async () => {
  const signer = new ReceiptSigner(config, orchestrator)
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
  const signer = new ReceiptSigner(config, orchestrator)
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

test('calls only whole transport streams transport streams', async () => {
  const signer = new ReceiptSigner(config, orchestrator)
  const { receipt } = await signer.signSegment(own(1n), [stream(1), new Uint8Array(4)], ROUND)
  expect(receipt.container).toBe(CONTAINER.unspecified)
})

test('remembers as long as receipts count, and signs nothing rather than forget', async () => {
  const signer = new ReceiptSigner({ ...config, maxRemembered: 2 }, orchestrator)
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
    sequence: fc.bigInt({ min: 0n, max: 3n }),
    fill: fc.integer({ min: 0, max: 2 }),
    later: fc.bigInt({ min: 0n, max: 2n }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
      const signer = new ReceiptSigner(config, orchestrator)
      const receipts: { work: string; result: string; round: bigint }[] = []
      let round = ROUND
      for (const { sequence, fill, later } of requests) {
        round += later
        const signed = await signer
          .signSegment(own(sequence), [stream(1, fill)], round)
          .catch(() => undefined)
        if (!signed) continue
        const { resultHash: result, round: at } = signed.receipt
        receipts.push({ work: workKey(signed.receipt), result, round: at })
      }
      const contradictions = receipts.filter((a) =>
        receipts.some(
          (b) => a.work === b.work && a.result !== b.result && b.round >= a.round && b.round - a.round <= 3n,
        ),
      )
      expect(contradictions).toEqual([])
    }),
    { numRuns: 30 },
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
