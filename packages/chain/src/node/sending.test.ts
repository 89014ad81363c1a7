import { inspect } from 'node:util'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bumpFees } from './fees.ts'
import { nextNonce } from './nonces.ts'
import { LocalSigner } from './signer.ts'

test('takes the next nonce after all that are mined, pending or ours', () => {
  expect(nextNonce(5, 5, new Set())).toBe(5)
  expect(nextNonce(5, 7, new Set([5, 6]))).toBe(7)
  expect(nextNonce(5, 5, new Set([5, 6]))).toBe(7)
  expect(nextNonce(5, 8, new Set())).toBe(8)
})

test('fills a gap first', () => {
  expect(nextNonce(5, 5, new Set([6, 7]))).toBe(5)
  expect(nextNonce(5, 6, new Set([5, 7]))).toBe(6)
})

test('is not misled by a node that reports fewer pending than mined', () => {
  expect(nextNonce(5, 3, new Set())).toBe(5)
})

test('raises both fees of a replacement by a tenth or more, and never above the cap', () => {
  const fee = fc.bigInt({ min: 0n, max: 10n ** 13n })
  const fees = fc.record({ maxFeePerGas: fee, maxPriorityFeePerGas: fee })
  fc.assert(
    fc.property(fees, fees, fee, (last, market, cap) => {
      fc.pre(last.maxPriorityFeePerGas <= last.maxFeePerGas)
      const bumped = bumpFees(last, market, cap)
      if (!bumped) {
        expect(cap).toBeLessThan(larger(last.maxFeePerGas * 2n + 2n, market.maxFeePerGas + 1n))
        return
      }
      expect(bumped.maxFeePerGas * 10n).toBeGreaterThanOrEqual(last.maxFeePerGas * 11n)
      expect(bumped.maxPriorityFeePerGas * 10n).toBeGreaterThanOrEqual(last.maxPriorityFeePerGas * 11n)
      expect(bumped.maxFeePerGas).toBeLessThanOrEqual(cap)
      expect(bumped.maxPriorityFeePerGas).toBeLessThanOrEqual(bumped.maxFeePerGas)
    }),
    { seed: 3 },
  )
})

// A ticket hash and its signature by private key 1, recorded from a Livepeer node's rules (EIP-191, RFC 6979).
const TICKET_HASH = '0xa8b4d684276f6a8fe75b2f62290587f2711040bbadd67d6fcf991e216b1c1946'
const SIGNATURE =
  '0x7e7cb04b4d3495780faf05f6a72e95323f25da2c44813a161a2361771b2250066811152f82e8b3e7f68e69366fc06cfb5eb9a2da050ab23d3501fcc2f74a38ed1b'
const KEY_ONE = `0x${'1'.padStart(64, '0')}` as const

test('signs a ticket hash as Livepeer nodes do', async () => {
  const signer = LocalSigner.fromPrivateKey(KEY_ONE)
  expect(signer.address).toBe('0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf')
  expect(toHex(await signer.signMessageHash(fromHex(TICKET_HASH)))).toBe(SIGNATURE)
})

test('keeps the key out of errors and printing', async () => {
  const secret = `0x${'ff'.repeat(32)}` as const
  expect(() => LocalSigner.fromPrivateKey(secret)).toThrow(/^Malformed private key\.$/)
  const signer = LocalSigner.fromPrivateKey(KEY_ONE)
  expect(inspect(signer, { depth: 9 }) + JSON.stringify(signer)).not.toContain('0'.repeat(30))
  await expect(signer.signMessageHash(Uint8Array.of(1, 2))).rejects.toMatchObject({ code: 'MALFORMED' })
})

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
