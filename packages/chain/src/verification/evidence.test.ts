import { address } from '@tessera/protocol/address'
import { bigintToBytes, bytesToBigint, concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import { LocalSigner } from '../node/signer.ts'
import { checkEvidence, type Evidence, type Judgement } from './evidence.ts'
import type { SegmentReceipt, Signed } from './receipt.ts'
import {
  domain,
  hashOf,
  ROUND,
  renditionReceipt,
  segmentReceipt,
  sign,
  stream,
  workOf,
} from './test-receipts.suite.ts'

const by: Judgement = { domain, currentRound: ROUND, receiptValidity: 3n }
const [a, b] = [[stream(2, 1)], [stream(2, 2)]]
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

async function conflict(
  second: SegmentReceipt | Signed<SegmentReceipt> = segmentReceipt(b),
  first: SegmentReceipt = segmentReceipt(a),
): Promise<Evidence> {
  return {
    fault: 'conflicting-results',
    first: await sign(first),
    second: 'signature' in second ? second : await sign(second),
  }
}

function refusal(evidence: Evidence, judgement = by): unknown {
  try {
    checkEvidence(evidence, judgement)
    return 'accepted'
  } catch (error) {
    return (error as { problem?: unknown }).problem ?? error
  }
}

test('two results for one segment are a proof', async () => {
  expect(refusal(await conflict())).toBe('accepted')
  expect(refusal(await conflict(segmentReceipt(b, { round: ROUND - 3n })))).toBe('accepted')
})

test('a delivery of other bytes, and a stream that is none, are proofs', async () => {
  const result = await sign(segmentReceipt([stream(1), stream(2)]))
  const renditionHashes = [hashOf(stream(1)), hashOf(stream(2))]
  const delivery = await sign(renditionReceipt(stream(3), { rendition: 1 }))
  expect(refusal({ fault: 'other-delivery', result, renditionHashes, delivery })).toBe('accepted')
  for (const data of [new Uint8Array(0), new Uint8Array(188), stream(1).subarray(1)]) {
    const evidence: Evidence = {
      fault: 'broken-container',
      result: await sign(segmentReceipt([data])),
      renditionHashes: [hashOf(data)],
      rendition: 0,
      data,
    }
    expect(refusal(evidence)).toBe('accepted')
  }
})

test.each([
  ['DifferentWork', segmentReceipt(b, { ...workOf(8n) })],
  ['DifferentWork', segmentReceipt(b, { job: hashOf('another') })],
  ['DifferentWork', segmentReceipt(b, { profilesHash: hashOf('another') })],
  ['DifferentWork', segmentReceipt(b, { sourceHash: hashOf('another') })],
  ['SameResult', segmentReceipt(a)],
  ['SameResult', segmentReceipt(a, { round: ROUND - 1n })],
  ['ReceiptFromTheFuture', segmentReceipt(b, { round: ROUND + 1n })],
  ['ReceiptExpired', segmentReceipt(b, { round: ROUND - 4n })],
] as const)('refuses with %s', async (problem, second) => {
  expect(refusal(await conflict(second))).toBe(problem)
})

test('refuses what others signed, for others, or in another form', async () => {
  const receipt = segmentReceipt(b)
  const stranger = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 9)
  const elsewhere = { ...domain, chainId: 1 }
  const another = { ...domain, verifier: address(`0x${'0f'.repeat(20)}`) }
  const { signature } = await sign(receipt)
  const bytes = fromHex(signature)
  const flipped = concatBytes(
    bytes.subarray(0, 32),
    bigintToBytes(ORDER - bytesToBigint(bytes.subarray(32, 64)), 32),
    Uint8Array.of(bytes[64] === 27 ? 28 : 27),
  )
  const cases: [string, Hex][] = [
    ['WrongSigner', (await sign(receipt, { signer: stranger })).signature],
    ['WrongSigner', (await sign(receipt, { domain: elsewhere })).signature],
    ['WrongSigner', (await sign(receipt, { domain: another })).signature],
    ['MalleableSignature', toHex(flipped)],
    ['InvalidSignatureLength', toHex(bytes.subarray(0, 64))],
    ['InvalidSignature', toHex(concatBytes(bytes.subarray(0, 64), Uint8Array.of(0)))],
    ['InvalidSignature', toHex(concatBytes(new Uint8Array(64), Uint8Array.of(27)))],
  ]
  for (const [problem, other] of cases) {
    expect(refusal(await conflict({ receipt, signature: other })), problem).toBe(problem)
  }
})

test('refuses hashes, renditions and bytes that were not signed', async () => {
  const [good, bad] = [stream(1), new Uint8Array(188)]
  const result = await sign(segmentReceipt([good, bad]))
  const renditionHashes = [hashOf(good), hashOf(bad)]
  const broken = { fault: 'broken-container', result, renditionHashes, rendition: 1, data: bad } as const
  expect(refusal(broken)).toBe('accepted')
  expect(refusal({ ...broken, renditionHashes: [hashOf(good)] })).toBe('NotTheSignedHashes')
  expect(refusal({ ...broken, rendition: 2 })).toBe('NoSuchRendition')
  expect(refusal({ ...broken, data: new Uint8Array(187) })).toBe('NotTheSignedData')
  expect(refusal({ ...broken, rendition: 0, data: good })).toBe('ContainerIsIntact')
  const silent = await sign(segmentReceipt([good, bad], { container: 0 }))
  expect(refusal({ ...broken, result: silent })).toBe('ContainerNotClaimed')
  const delivery = await sign(renditionReceipt(bad, { rendition: 1 }))
  expect(refusal({ fault: 'other-delivery', result, renditionHashes, delivery })).toBe('SameResult')
})

test.each([
  ['resultHash', { resultHash: '0x12' }],
  ['resultHash', { resultHash: hashOf('x').toUpperCase().replace('X', 'x') as Hex }],
  ['job', { job: '0x' }],
  ['round', { round: 1n << 32n }],
  ['sequence', { sequence: -1n }],
] as const)('refuses a receipt whose %s no receipt can have', async (field, over) => {
  const second = { receipt: segmentReceipt(b, over), signature: (await sign(segmentReceipt(b))).signature }
  const evidence = await conflict(second)
  expect(() => checkEvidence(evidence, by)).toThrow(
    expect.objectContaining({ code: 'MALFORMED', facts: { field } }),
  )
})

test('a signature holds for one receipt only: any other field makes it another signer’s', async () => {
  const { signature } = await sign(segmentReceipt(b))
  const other: fc.Arbitrary<Partial<SegmentReceipt>> = fc.oneof(
    fc.record({ resultHash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex) }),
    fc.record({ round: fc.bigInt({ min: ROUND - 3n, max: ROUND - 1n }) }),
    fc.constant<Partial<SegmentReceipt>>({ container: 0 }),
  )
  await fc.assert(
    fc.asyncProperty(other, async (over) => {
      const evidence = await conflict({ receipt: segmentReceipt(b, over), signature })
      expect(refusal(evidence)).toBe('WrongSigner')
    }),
    { numRuns: 40 },
  )
})
