/**
 * @module What an orchestrator signs about its work, as EIP-712 data under the domain of one Verifier (see IVerifier.sol and
 * decision 10): the answer to a segment, and each rendition handed over.
 */
import { type Address, address } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import type { Profile } from '@tessera/protocol/profile'
import { concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { hashTypedData, type TypedDataDefinition } from 'viem'

/** The judge for whom receipts are signed: on another chain, or for another contract, they prove nothing. */
export type ReceiptDomain = { readonly chainId: number; readonly verifier: Address }

/** Which segment of which job was worked on. Receipts with the same work must have the same result. */
export type Work = {
  /** Whose stake answers for it; signs. */
  readonly orchestrator: Address
  /** See `jobOf`. */
  readonly job: Hex
  readonly sequence: bigint
  /** keccak256 of the segment's bytes. */
  readonly sourceHash: Hex
  /** See `profilesHashOf`. */
  readonly profilesHash: Hex
}

/** Container that every rendition of a result is said to be: nothing said, or an MPEG transport stream. */
export const CONTAINER = { unspecified: 0, mpegTs: 1 } as const
export type Container = (typeof CONTAINER)[keyof typeof CONTAINER]

/** The answer to a segment. */
export type SegmentReceipt = Work & {
  readonly kind: 'segment'
  readonly container: Container
  /** keccak256 of the joined hashes of the renditions, as on Livepeer's wire. */
  readonly resultHash: Hex
  /** In which it was signed. */
  readonly round: bigint
}

/** One rendition as it was handed over. */
export type RenditionReceipt = Work & {
  readonly kind: 'rendition'
  /** Index in the order of the profiles. */
  readonly rendition: number
  /** keccak256 of its bytes. */
  readonly dataHash: Hex
  readonly round: bigint
}

export type Receipt = SegmentReceipt | RenditionReceipt
export type Signed<T extends Receipt = Receipt> = { readonly receipt: T; readonly signature: Hex }

const SCHEMA = 1
const WORK_FIELDS = [
  { name: 'schema', type: 'uint16' },
  { name: 'orchestrator', type: 'address' },
  { name: 'job', type: 'bytes32' },
  { name: 'sequence', type: 'uint64' },
  { name: 'sourceHash', type: 'bytes32' },
  { name: 'profilesHash', type: 'bytes32' },
] as const
const TYPES = {
  SegmentReceipt: [
    ...WORK_FIELDS,
    { name: 'container', type: 'uint8' },
    { name: 'resultHash', type: 'bytes32' },
    { name: 'round', type: 'uint32' },
  ],
  RenditionReceipt: [
    ...WORK_FIELDS,
    { name: 'rendition', type: 'uint16' },
    { name: 'dataHash', type: 'bytes32' },
    { name: 'round', type: 'uint32' },
  ],
} as const

/** The contract's structures, in the types of its ABI. */
type WorkStruct = Work & { readonly schema: number }
export type SegmentStruct = WorkStruct & {
  readonly container: number
  readonly resultHash: Hex
  readonly round: number
}
export type RenditionStruct = WorkStruct & {
  readonly rendition: number
  readonly dataHash: Hex
  readonly round: number
}

export function segmentStruct(receipt: SegmentReceipt): SegmentStruct {
  const { container, resultHash, round } = receipt
  return { ...workStruct(receipt), container, resultHash, round: Number(round) }
}

export function renditionStruct(receipt: RenditionReceipt): RenditionStruct {
  const { rendition, dataHash, round } = receipt
  return { ...workStruct(receipt), rendition, dataHash, round: Number(round) }
}

/** What is signed. */
export function typedData({ chainId, verifier }: ReceiptDomain, receipt: Receipt): TypedDataDefinition {
  const domain = { name: 'Livepeer Verifier', version: '1', chainId, verifyingContract: verifier }
  return receipt.kind === 'segment'
    ? { domain, types: TYPES, primaryType: 'SegmentReceipt', message: segmentStruct(receipt) }
    : { domain, types: TYPES, primaryType: 'RenditionReceipt', message: renditionStruct(receipt) }
}

/** EIP-712 digest, as `segmentReceiptDigest` and `renditionReceiptDigest` of the contract give it. */
export function receiptDigest(domain: ReceiptDomain, receipt: Receipt): Uint8Array {
  return fromHex(hashTypedData(typedData(domain, receipt)))
}

/** Same for receipts about the same work, whatever they say of it. */
export function workKey({ orchestrator, job, sequence, sourceHash, profilesHash }: Work): string {
  return [orchestrator, job, sequence, sourceHash, profilesHash].join(' ').toLowerCase()
}

/** The stream within the orchestrator's session: keccak256(keccak256(session id) ++ keccak256(manifest id)). */
export function jobOf(sessionId: string, manifestId: string): Hex {
  return toHex(keccak256(concatBytes(textHash(sessionId), textHash(manifestId))))
}

/** Commits to what was asked for: the hash of the hashes of the profiles, each as text with all that matters to a picture. */
export function profilesHashOf(profiles: readonly Profile[]): Hex {
  return toHex(keccak256(concatBytes(...profiles.map((profile) => textHash(profileText(profile))))))
}

/**
 * A receipt that came from elsewhere: its fields have the forms and ranges of the contract's types, hashes in lower case.
 *
 * @throws {MalformedError} naming the field.
 */
export function assertReceipt(receipt: Receipt): void {
  assertWork(receipt)
  if (receipt.kind === 'segment') {
    assertHash('resultHash', receipt.resultHash)
    assertRange('container', receipt.container, 0, 0xff)
  } else {
    assertHash('dataHash', receipt.dataHash)
    assertRange('rendition', receipt.rendition, 0, 0xffff)
  }
  assertRange('round', receipt.round, 0n, 0xffff_ffffn)
}

/** @throws {MalformedError} naming the field. */
export function assertWork(work: Work): void {
  address(work.orchestrator)
  assertHash('job', work.job)
  assertHash('sourceHash', work.sourceHash)
  assertHash('profilesHash', work.profilesHash)
  assertRange('sequence', work.sequence, 0n, (1n << 64n) - 1n)
}

function assertHash(field: string, value: Hex): void {
  if (!/^0x[0-9a-f]{64}$/.test(value)) throw new MalformedError('receipt', { field })
}

function assertRange<T extends number | bigint>(field: string, value: T, min: T, max: T): void {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value)
  if (!isWhole || value < min || value > max) throw new MalformedError('receipt', { field })
}

function workStruct({ orchestrator, job, sequence, sourceHash, profilesHash }: Work): WorkStruct {
  return { schema: SCHEMA, orchestrator, job, sequence, sourceHash, profilesHash }
}

function profileText(p: Profile): string {
  const fps = p.fps ? `${p.fps.numerator}/${p.fps.denominator}` : ''
  return [
    p.name,
    p.width,
    p.height,
    p.bitrateBps,
    fps,
    p.codec,
    p.format,
    p.h264Profile ?? '',
    p.gopMs ?? '',
  ].join('|')
}

function textHash(text: string): Uint8Array {
  return keccak256(new TextEncoder().encode(text))
}
