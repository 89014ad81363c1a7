/** @module Why a receipt is not signed, or a proof not made. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** `RECEIPT_CONFLICT`: another result was signed for the same work. To sign this one would cost stake. */
export class ConflictingReceiptError extends BaseError {
  constructor(facts: { sequence: bigint; signed: string; asked: string }) {
    super({
      code: 'RECEIPT_CONFLICT',
      message: `Another result was signed for segment ${facts.sequence} of this job.`,
      advice: 'Answer a repeated request with the first result, or refuse it.',
      facts,
    })
  }
}

/** `RECEIPT_MEMORY_FULL`: what was signed can't be remembered any more, so nothing more is signed. */
export class ReceiptMemoryFullError extends BaseError {
  constructor(facts: { remembered: number }) {
    super({
      code: 'RECEIPT_MEMORY_FULL',
      message: 'Too many receipts are still valid to remember another.',
      advice: 'Wait for the next round, or allow more memory for receipts.',
      facts,
      retryable: true,
    })
  }
}

/** Why evidence is no proof, as the errors of the contract are called. */
export type EvidenceProblem =
  | 'DifferentWork'
  | 'SameResult'
  | 'NotTheSignedHashes'
  | 'NoSuchRendition'
  | 'NotTheSignedData'
  | 'ContainerNotClaimed'
  | 'ContainerIsIntact'
  | 'ReceiptExpired'
  | 'ReceiptFromTheFuture'
  | 'InvalidSignatureLength'
  | 'MalleableSignature'
  | 'InvalidSignature'
  | 'WrongSigner'

/** `EVIDENCE_REFUSED`: the contract would refuse it; nothing was sent. */
export class EvidenceRefusedError extends BaseError {
  readonly problem: EvidenceProblem

  constructor(problem: EvidenceProblem, facts: Facts = {}) {
    super({
      code: 'EVIDENCE_REFUSED',
      message: `This proves no wrong work: ${problem}.`,
      facts: { problem, ...facts },
    })
    this.problem = problem
  }
}
