/** @module Proofs of wrong work: what they consist of, and whether the contract will accept them. Pure. */
import { sameAddress } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import { recoverDigestSigner, resultHash } from '@tessera/protocol/wire/signatures'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { type EvidenceProblem, EvidenceRefusedError } from './errors.ts'
import {
  assertReceipt,
  CONTAINER,
  type Receipt,
  type ReceiptDomain,
  type RenditionReceipt,
  receiptDigest,
  type SegmentReceipt,
  type Signed,
  workKey,
} from './receipt.ts'
import { isTransportStream } from './transport-stream.ts'

/** Two results for the same work. */
export type ConflictEvidence = {
  readonly fault: 'conflicting-results'
  readonly first: Signed<SegmentReceipt>
  readonly second: Signed<SegmentReceipt>
}

/** A result, and the receipt of a delivery of other bytes. */
export type OtherDeliveryEvidence = {
  readonly fault: 'other-delivery'
  readonly result: Signed<SegmentReceipt>
  /** keccak256 of each rendition; joined and hashed they are the result's hash. */
  readonly renditionHashes: readonly Hex[]
  readonly delivery: Signed<RenditionReceipt>
}

/** A result that says to be transport streams, and bytes of it that are none. */
export type BrokenContainerEvidence = {
  readonly fault: 'broken-container'
  readonly result: Signed<SegmentReceipt>
  readonly renditionHashes: readonly Hex[]
  readonly rendition: number
  readonly data: Uint8Array
}

export type Evidence = ConflictEvidence | OtherDeliveryEvidence | BrokenContainerEvidence

/** What receipts are judged by besides their signatures. */
export type Judgement = {
  readonly domain: ReceiptDomain
  readonly currentRound: bigint
  /** In rounds. */
  readonly receiptValidity: bigint
}

/**
 * Applies the contract's rules to what the evidence itself says; what only the chain knows (stake, earlier slashes, the
 * switch) is left to it.
 *
 * @throws {EvidenceRefusedError} naming the contract's error.
 * @throws {MalformedError} for fields that no receipt can have.
 */
export function checkEvidence(evidence: Evidence, by: Judgement): void {
  for (const { receipt } of receiptsOf(evidence)) assertReceipt(receipt)
  if (evidence.fault === 'conflicting-results') checkConflict(evidence, by)
  else if (evidence.fault === 'other-delivery') checkOtherDelivery(evidence, by)
  else checkBrokenContainer(evidence, by)
}

/**
 * Whether a receipt counts now, and why not. For a gateway: a receipt that does not count is as good as none, and so is one
 * of another round than the present: dated back, it expires before it can be shown, or an earlier slash covers it.
 *
 * @throws {MalformedError} for fields that no receipt can have.
 */
export function receiptProblem({ receipt, signature }: Signed, by: Judgement): EvidenceProblem | undefined {
  assertReceipt(receipt)
  if (receipt.round > by.currentRound) return 'ReceiptFromTheFuture'
  if (by.currentRound - receipt.round > by.receiptValidity) return 'ReceiptExpired'
  const signer = recoverDigestSigner(receiptDigest(by.domain, receipt), fromHex(signature))
  if (signer === 'bad-length') return 'InvalidSignatureLength'
  if (signer === 'high-s') return 'MalleableSignature'
  if (signer === 'bad-v' || signer === 'unrecoverable') return 'InvalidSignature'
  return sameAddress(signer, receipt.orchestrator) ? undefined : 'WrongSigner'
}

function receiptsOf(evidence: Evidence): readonly Signed[] {
  if (evidence.fault === 'conflicting-results') return [evidence.first, evidence.second]
  return evidence.fault === 'other-delivery' ? [evidence.result, evidence.delivery] : [evidence.result]
}

function checkConflict({ first, second }: ConflictEvidence, by: Judgement): void {
  assertSameWork(first.receipt, second.receipt)
  refuseIf(first.receipt.resultHash === second.receipt.resultHash, 'SameResult')
  assertCounts(first, by)
  assertCounts(second, by)
}

function checkOtherDelivery(evidence: OtherDeliveryEvidence, by: Judgement): void {
  const { result, renditionHashes, delivery } = evidence
  assertSameWork(result.receipt, delivery.receipt)
  const signed = signedHash(result.receipt, renditionHashes, delivery.receipt.rendition)
  refuseIf(signed === delivery.receipt.dataHash, 'SameResult')
  assertCounts(result, by)
  assertCounts(delivery, by)
}

function checkBrokenContainer(evidence: BrokenContainerEvidence, by: Judgement): void {
  const { result, renditionHashes, rendition, data } = evidence
  refuseIf(result.receipt.container !== CONTAINER.mpegTs, 'ContainerNotClaimed')
  const signed = signedHash(result.receipt, renditionHashes, rendition)
  refuseIf(toHex(keccak256(data)) !== signed, 'NotTheSignedData')
  refuseIf(isTransportStream(data), 'ContainerIsIntact')
  assertCounts(result, by)
}

function signedHash(receipt: SegmentReceipt, hashes: readonly Hex[], rendition: number): Hex {
  refuseIf(toHex(resultHash(hashes.map(fromHex))) !== receipt.resultHash, 'NotTheSignedHashes')
  const hash = hashes[rendition]
  if (hash === undefined)
    throw new EvidenceRefusedError('NoSuchRendition', { rendition, count: hashes.length })
  return hash
}

function assertSameWork(a: Receipt, b: Receipt): void {
  refuseIf(workKey(a) !== workKey(b), 'DifferentWork')
}

function assertCounts(signed: Signed, by: Judgement): void {
  const problem = receiptProblem(signed, by)
  if (problem) throw new EvidenceRefusedError(problem, { sequence: signed.receipt.sequence })
}

function refuseIf(condition: boolean, problem: EvidenceProblem): void {
  if (condition) throw new EvidenceRefusedError(problem)
}
