import { fromHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { address } from '../address.ts'
import { type Profile, profile } from '../profile.ts'
import type { Payment } from '../ticket.ts'
import { blockNumber, MAX_UINT256, round, wei, winProb } from '../units.ts'
import { readWireError, WIRE_ERRORS, type WireErrorCode } from './error-codes.ts'
import { fromBase64, toBase64 } from './headers.ts'
import { MAX_PAYMENT_BYTES } from './limits.ts'
import { decodeOrchestratorInfo } from './orchestrator-info.ts'
import { decodePayment, decodePaymentHeader, encodePayment } from './payment.ts'
import { decodeSegmentHeader, decodeSegmentOrder } from './segment-order.ts'
import { recoverSigner } from './signatures.ts'
import { decodePaymentResult, decodeTranscodeResult } from './transcode-result.ts'
import { profileFromWire, profilesField, profileToWire } from './video-profile.ts'

const seed = 7
const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const hexOf = (length: number) => bytesOf(length).map((b) => `0x${Buffer.from(b).toString('hex')}` as const)
const uint = fc.bigInt({ min: 0n, max: MAX_UINT256 })
const int64 = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n })

const payments: fc.Arbitrary<Payment> = fc
  .record({
    sender: hexOf(20).map(address),
    ticketParams: fc.record({
      recipient: hexOf(20).map(address),
      faceValue: uint.map(wei),
      winProb: uint.map(winProb),
      recipientRandHash: hexOf(32),
      seed: uint,
      expirationBlock: uint.map(blockNumber),
      expirationParams: fc.record({ creationRound: int64.map(round), creationRoundBlockHash: hexOf(32) }),
    }),
    tickets: fc.array(
      fc.record({ senderNonce: fc.integer({ min: 0, max: 2 ** 32 - 1 }), signature: hexOf(65) }),
      { maxLength: 5 },
    ),
    expectedPrice: fc.record({ wei: int64, units: int64.filter((n) => n > 0n) }),
  })
  .map((payment): Payment => payment)

/** Fails unless `decode` gives a value or a MalformedError. */
function survives(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    decode(bytes)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
  }
}

describe('decoders of bytes from peers', () => {
  const decoders = {
    decodePayment,
    decodeSegmentOrder,
    decodeOrchestratorInfo,
    decodeTranscodeResult,
    decodePaymentResult,
  }
  it.each(Object.entries(decoders))('%s gives a value or MalformedError for any bytes', (_, decode) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(decode, bytes)),
      { seed, numRuns: 300 },
    )
  })

  it('survive any change of one byte in a real payment', () => {
    fc.assert(
      fc.property(payments, fc.nat(), fc.nat(255), (payment, at, byte) => {
        const bytes = encodePayment(payment)
        bytes[at % bytes.length] = byte
        survives(decodePayment, bytes)
      }),
      { seed, numRuns: 200 },
    )
  })

  it('give back every payment that was encoded', () => {
    fc.assert(
      fc.property(payments, (payment) => {
        expect(decodePayment(encodePayment(payment))).toEqual(payment)
      }),
      { seed, numRuns: 100 },
    )
  })

  it('refuse a payment above the limit before parsing it', () => {
    expect(() => decodePaymentHeader('A'.repeat(MAX_PAYMENT_BYTES * 2))).toThrow(MalformedError)
    expect(() => decodePayment(new Uint8Array(MAX_PAYMENT_BYTES + 1))).toThrow(MalformedError)
  })

  it('refuse tickets without expiration parameters, which would kill a go-livepeer orchestrator', () => {
    const withParams = fromHex(`0a${'16'}0a14${'11'.repeat(20)}1214${'22'.repeat(20)}`)
    expect(() => decodePayment(withParams)).toThrow(MalformedError)
  })

  it('refuse a price per zero pixels', () => {
    expect(() => decodePayment(fromHex('2a020801'))).toThrow(MalformedError)
  })

  it('refuse text that is not base64', () => {
    for (const text of ['=', 'AA', 'A===', 'AA=A', 'AA A', 'AAA_']) {
      expect(() => decodeSegmentHeader(text)).toThrow(MalformedError)
    }
  })

  it('carry any bytes through base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes), 100, 'test')).toEqual(bytes)
      }),
      { seed },
    )
  })
})

describe('profiles', () => {
  const plain: Profile = {
    name: '720p',
    width: 1280,
    height: 720,
    bitrateBps: 3_000_000,
    codec: 'h264',
    format: 'mpegts',
  }
  const rich: Profile = {
    ...plain,
    codec: 'hevc',
    format: 'mp4',
    fps: { numerator: 30000, denominator: 1001 },
    gopMs: 1,
    h264Profile: 'constrained-high',
  }

  it('come back as they were', () => {
    for (const each of [plain, rich, { ...plain, fps: { numerator: 30, denominator: 1 }, gopMs: 2000 }]) {
      expect(profileFromWire(profileToWire(profile(each)))).toEqual(each)
    }
  })

  it('travel in the oldest field that can carry them', () => {
    expect(profilesField([profileToWire(plain)])).toBe('fullProfiles')
    expect(profilesField([profileToWire(plain), profileToWire({ ...plain, format: 'mp4' })])).toBe(
      'fullProfiles2',
    )
    expect(profilesField([profileToWire(plain), profileToWire(rich)])).toBe('fullProfiles3')
  })

  it('are refused with an unknown codec, format or encoder profile', () => {
    for (const field of ['encoder', 'format', 'profile'] as const) {
      const message = profileToWire(plain)
      // A peer may send any number for an enum.
      Object.assign(message, { [field]: 99 })
      expect(() => profileFromWire(message)).toThrow(MalformedError)
    }
  })
})

describe('signatures', () => {
  it('of any bytes recover to an address or a reason', () => {
    fc.assert(
      fc.property(bytesOf(32), fc.uint8Array({ minLength: 60, maxLength: 70 }), (hash, signature) => {
        expect(recoverSigner(hash, signature)).toMatch(
          /^(0x[0-9a-fA-F]{40}|bad-length|bad-v|high-s|unrecoverable)$/,
        )
      }),
      { seed, numRuns: 100 },
    )
  })
})

describe('error texts', () => {
  it('are read back to their codes, also with facts and a newline after them', () => {
    for (const [code, { text, retry }] of Object.entries(WIRE_ERRORS)) {
      const read = { code: code as WireErrorCode, retry }
      expect(readWireError(`${text}\n`)).toEqual(read)
      expect(readWireError(`${text} sender=0x1`)).toEqual(read)
    }
  })

  it('that nobody knows send the segment elsewhere', () => {
    expect(readWireError('out of cheese')).toEqual({ retry: 'other' })
    expect(readWireError('Encoder not found')).toEqual({ retry: 'never' })
  })
})
