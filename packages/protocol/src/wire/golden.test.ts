import { readFileSync } from 'node:fs'
import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import { describe, expect, it } from 'vitest'
import { address } from '../address.ts'
import { CAPABILITY, type Capabilities, capabilities, capabilityBits, isCompatible } from '../capabilities.ts'
import { CapabilitiesSchema } from '../gen/net/capabilities_pb.ts'
import { PaymentSchema } from '../gen/net/payment_pb.ts'
import { PaymentResultSchema, SegDataSchema, TranscodeResultSchema } from '../gen/net/segment_pb.ts'
import {
  AuthTokenSchema,
  EndTranscodingSessionRequestSchema,
  OrchestratorInfoSchema,
  OrchestratorRequestSchema,
  PingPongSchema,
} from '../gen/net/session_pb.ts'
import {
  NotifyAIJobSchema,
  NotifySegmentSchema,
  RegisterAIWorkerRequestSchema,
  RegisterRequestSchema,
} from '../gen/net/worker_pb.ts'
import { keccak256 } from '../keccak.ts'
import { privateKeySigner } from '../private-key-signer.ts'
import type { Ticket } from '../ticket.ts'
import { round, wei, winProb } from '../units.ts'
import { authTokenMac, authTokenMacInput } from './auth-token.ts'
import { bitsToWords, capabilitiesFromWire, capabilitiesToWire, wordsToBits } from './capabilities.ts'
import {
  decodeOrchestratorInfo,
  encodeOrchestratorInfo,
  orchestratorRequestFromWire,
  orchestratorRequestToWire,
} from './orchestrator-info.ts'
import {
  decodePayment,
  decodePaymentHeader,
  encodePayment,
  encodePaymentHeader,
  NO_PAYMENT,
} from './payment.ts'
import {
  decodeSegmentHeader,
  decodeSegmentOrder,
  encodeSegmentHeader,
  encodeSegmentOrder,
} from './segment-order.ts'
import {
  isSignedBy,
  orchestratorRequestHash,
  personalHash,
  recoverSigner,
  resultHash,
  segmentOrderBytes,
} from './signatures.ts'
import { auxData, packTicket, recipientRandHash, ticketHash, winValue } from './ticket-hash.ts'
import {
  decodePaymentResult,
  decodeTranscodeResult,
  encodePaymentResult,
  encodeTranscodeResult,
} from './transcode-result.ts'

// biome-ignore lint/suspicious/noExplicitAny: each group of the fixture has its own shape.
type Fields = Record<string, any>
type Vector = { group: string; name: string; input: Fields; expect: Fields }
const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/wire/golden.json', import.meta.url), 'utf8'),
) as { keys: Record<string, string>; vectors: Vector[] }

const hex = (bytes: Uint8Array): string => toHex(bytes).slice(2)
const gateway = privateKeySigner(fromHex(golden.keys.gatewayPrivateKey!))
const orchestrator = privateKeySigner(fromHex(golden.keys.orchestratorPrivateKey!))

function group(name: string, check: (vector: Vector) => void | Promise<void>): void {
  const vectors = golden.vectors.filter((vector) => vector.group === name)
  it.each(vectors)(`${name}: $name`, check)
  it(`${name}: has cases`, () => expect(vectors.length).toBeGreaterThan(0))
}

function ticketOf(input: Fields): Ticket {
  return {
    recipient: address(input.recipient),
    sender: address(input.sender),
    faceValue: wei(BigInt(input.faceValue)),
    winProb: winProb(BigInt(input.winProb)),
    senderNonce: input.senderNonce,
    recipientRandHash:
      input.recipientRand === undefined
        ? `0x${input.recipientRandHash}`
        : recipientRandHash(BigInt(`0x${input.recipientRand}`)),
    creationRound: round(BigInt(input.creationRound)),
    creationRoundBlockHash: `0x${input.creationRoundBlockHash}`,
  }
}

describe('the same bytes as go-livepeer', () => {
  it('derives addresses from keys', () => {
    expect(gateway.address).toBe(golden.keys.gatewayAddress)
    expect(orchestrator.address).toBe(golden.keys.orchestratorAddress)
  })

  group('ticket-hash', ({ input, expect: want }) => {
    expect(hex(packTicket(ticketOf(input)))).toBe(want.packed)
    expect(hex(ticketHash(ticketOf(input)))).toBe(want.hash)
  })

  group('ticket', async ({ input, expect: want }) => {
    const hash = ticketHash(ticketOf(input))
    expect(hex(packTicket(ticketOf(input)))).toBe(want.packed)
    expect(hex(hash)).toBe(want.hash)
    expect(hex(personalHash(hash))).toBe(want.personalHash)
    const signature = await gateway.signMessageHash(hash)
    expect(hex(signature)).toBe(want.sig)
    expect(winValue(signature, BigInt(`0x${input.recipientRand}`))).toBe(BigInt(`0x${want.winValue}`))
  })

  group('aux-data', ({ input, expect: want }) => {
    const params = {
      creationRound: round(BigInt(input.creationRound)),
      creationRoundBlockHash: `0x${input.creationRoundBlockHash}` as const,
    }
    expect(hex(auxData(params))).toBe(want.auxData)
  })

  group('signature-recover', ({ input, expect: want }) => {
    const recovered = recoverSigner(fromHex(input.message), fromHex(input.signature))
    expect(recovered).toBe(want.error ? 'high-s' : address(want.address))
  })

  group('seg-flatten', ({ input, expect: want }) => {
    const flat = segmentOrderBytes({
      manifestId: input.manifestId,
      seq: input.seq,
      hash: fromHex(input.hash),
      profiles: input.profileNames.map((name: string) => ({ name })),
    })
    expect(hex(flat)).toBe(want.flat)
    expect(hex(keccak256(flat))).toBe(want.keccak)
  })

  group('seg-data', async ({ input, expect: want, name }) => {
    const bytes = fromHex(want.message)
    const order = decodeSegmentOrder(bytes)
    expect(hex(toBinary(SegDataSchema, fromBinary(SegDataSchema, bytes)))).toBe(want.message)
    if (want.flat) {
      const profiles = (input.profileNames ?? []).map((profileName: string) => ({ name: profileName }))
      const flat = segmentOrderBytes({ ...order, profiles })
      expect(hex(flat)).toBe(want.flat)
      expect(hex(await gateway.signMessageHash(keccak256(flat)))).toBe(want.sig)
      expect(isSignedBy(gateway.address, keccak256(flat), order.signature)).toBe(true)
    }
    // Storage grants, quality and perceptual hashes are not read; a duration left out is read as 2 s.
    if (!name.includes('S3 store') && !name.includes('duration 0')) {
      expect(hex(encodeSegmentOrder(order))).toBe(want.message)
    }
    if (want.header) {
      expect(encodeSegmentHeader(decodeSegmentHeader(want.header))).toBe(want.header)
    }
  })

  group('capabilities', ({ input, expect: want }) => {
    const bits = capabilityBits(input.bits)
    expect(bitsToWords(bits).map(String)).toEqual(want.words)
    expect(wordsToBits(want.words.map(BigInt))).toBe(bits)
    const decoded = capabilitiesFromWire(fromBinary(CapabilitiesSchema, fromHex(want.capabilitiesMessage)))
    expect(decoded).toEqual(capabilities(bits))
  })

  group('version-compatible', ({ input, expect: want }) => {
    const job = capabilities(0n, { minVersion: input.minVersion })
    const offer = capabilities(0n, { version: input.version })
    expect(isCompatible(job, offer)).toBe(want.compatible)
  })

  group('capabilities-compatible', ({ input, expect: want }) => {
    expect(isCompatible(capabilitiesOf(input.job), capabilitiesOf(input.orchestrator))).toBe(want.compatible)
  })

  group('orchestrator-request', ({ expect: want }) => {
    const request = orchestratorRequestFromWire(fromBinary(OrchestratorRequestSchema, fromHex(want.message)))
    expect(isSignedBy(gateway.address, orchestratorRequestHash(request.sender), request.signature)).toBe(true)
    expect(hex(toBinary(OrchestratorRequestSchema, orchestratorRequestToWire(request)))).toBe(want.message)
  })

  group('auth-token', ({ input, expect: want }) => {
    const session = { sessionId: input.sessionId, expiresAtSeconds: input.expiration }
    expect(hex(authTokenMacInput(session.sessionId, session.expiresAtSeconds))).toBe(want.macInput)
    expect(hex(authTokenMac(fromHex(input.secret), session, undefined))).toBe(want.token)
  })

  group('payment', ({ expect: want, name }) => {
    const payment = decodePayment(fromHex(want.message))
    // The shape of BYOC states the expiration twice; off chain the sender is left out.
    if (!name.startsWith('BYOC') && name !== 'off-chain') {
      expect(hex(encodePayment(payment))).toBe(want.message)
      expect(encodePaymentHeader(decodePaymentHeader(want.header))).toBe(want.header)
    }
    if (payment.ticketParams) {
      const { tickets, sender, ticketParams } = payment
      for (const { senderNonce, signature } of tickets) {
        const ticket = { ...ticketParams, ...ticketParams.expirationParams, sender, senderNonce }
        expect(isSignedBy(sender, ticketHash(ticket), fromHex(signature))).toBe(true)
      }
    }
  })

  it('payment: says nothing off chain with an empty header', () => {
    expect(encodePaymentHeader(NO_PAYMENT)).toBe('')
    expect(decodePaymentHeader(undefined)).toEqual(NO_PAYMENT)
    expect(decodePaymentHeader('')).toEqual(NO_PAYMENT)
  })

  group('orchestrator-info', ({ expect: want, name }) => {
    const info = decodeOrchestratorInfo(fromHex(want.message))
    // Hardware and storage grants are not read.
    if (!name.startsWith('everything')) expect(hex(encodeOrchestratorInfo(info))).toBe(want.message)
    else expect(info.capabilityPrices).toHaveLength(1)
  })

  group('transcode-result', ({ expect: want, name }) => {
    const result = decodeTranscodeResult(fromHex(want.message))
    // Perceptual hashes, which that case has, are not read.
    if (name !== 'success with info') expect(hex(encodeTranscodeResult(result))).toBe(want.message)
    else expect(result).toMatchObject({ seq: 7, outcome: { kind: 'done' }, info: { nodes: [] } })
  })

  group('payment-result', ({ expect: want }) => {
    expect(hex(encodePaymentResult(decodePaymentResult(fromHex(want.message))))).toBe(want.message)
  })

  group('result-signature', async ({ input, expect: want }) => {
    const hashes = input.renditions.map((bytes: string) => keccak256(fromHex(bytes)))
    expect(hashes.map(hex)).toEqual(want.renditionHashes)
    expect(hex(resultHash(hashes))).toBe(want.segHash)
    expect(hex(await orchestrator.signMessageHash(resultHash(hashes)))).toBe(want.sigByOrchestratorKey)
  })

  group('ping', async ({ input, expect: want }) => {
    const signature = await orchestrator.signMessageHash(keccak256(fromHex(input.value)))
    expect(hex(signature)).toBe(want.sig)
  })
})

describe('generated messages', () => {
  const schemas = {
    'orchestrator-info': OrchestratorInfoSchema,
    'register-transcoder': RegisterRequestSchema,
    'register-ai-worker': RegisterAIWorkerRequestSchema,
    'notify-segment': NotifySegmentSchema,
    'notify-ai-job': NotifyAIJobSchema,
    'end-session': EndTranscodingSessionRequestSchema,
    'auth-token': AuthTokenSchema,
    payment: PaymentSchema,
    'transcode-result': TranscodeResultSchema,
    'payment-result': PaymentResultSchema,
  } as const
  it.each(Object.entries(schemas))('%s: reads and writes the golden bytes', (name, schema) => {
    for (const vector of golden.vectors.filter((each) => each.group === name)) {
      const bytes = fromHex(vector.expect.message)
      const { $unknown, ...known } = fromBinary(schema, bytes)
      expect($unknown).toBeUndefined()
      expect(Object.keys(known).length).toBeGreaterThan(0)
      expect(hex(toBinary(schema, fromBinary(schema, bytes)))).toBe(vector.expect.message)
    }
  })

  it('ping: reads request and response', () => {
    const ping = golden.vectors.find((vector) => vector.group === 'ping')!
    expect(hex(fromBinary(PingPongSchema, fromHex(ping.expect.request)).value)).toBe(ping.input.value)
    expect(hex(fromBinary(PingPongSchema, fromHex(ping.expect.response)).value)).toBe(ping.expect.sig)
  })
})

function capabilitiesOf(fields: Fields): Capabilities {
  const models = Object.entries<Fields>(fields.perCapability ?? fields.models ?? {})
  return capabilities(capabilityBits(fields.bits), {
    mandatory: capabilityBits(fields.mandatories ?? []),
    version: fields.version ?? '',
    minVersion: fields.minVersion ?? '',
    models: new Map(
      models.map(([capability, list]) => [
        Number(capability),
        new Map(
          Object.entries<Fields>(list).map(([id, model]) => [
            id,
            {
              warm: model.warm ?? false,
              capacity: 0,
              runnerVersion: model.runnerVersion ?? '',
              capacityInUse: 0,
            },
          ]),
        ),
      ]),
    ),
  })
}

it('writes constraints even when there are none', () => {
  const bits = capabilityBits([CAPABILITY.h264, CAPABILITY.authToken])
  expect(hex(toBinary(CapabilitiesSchema, capabilitiesToWire(capabilities(bits))))).toBe('0a0281202a00')
})
