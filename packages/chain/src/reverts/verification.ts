/** @module Refusals of the Verifier, which judges proofs of wrong work. */
import type { Explanations } from './explanation.ts'

const CHECK_THE_PROOF = 'The proof does not show wrong work; nobody is punished.'

export const verificationExplanations: Explanations = {
  AlreadyCommitted: {
    says: 'commitment {commitment} is made already',
    advice: 'Reveal it when its time comes.',
  },
  AlreadyPunished: { says: 'this work ({workId}) was punished before', advice: 'It is punished once.' },
  ContainerIsIntact: { says: 'the container is intact', advice: CHECK_THE_PROOF },
  ContainerNotClaimed: {
    says: 'container kind {container} is not claimed in the receipt',
    advice: CHECK_THE_PROOF,
  },
  CoveredByEarlierSlash: {
    says: 'work of round {round} is covered by an earlier punishment; the first that is not is {firstPunishable}',
    advice: 'Report later work.',
  },
  DifferentWork: { says: 'the two results are of different work', advice: CHECK_THE_PROOF },
  InvalidSignature: { says: 'a signature is not valid', advice: CHECK_THE_PROOF },
  MalleableSignature: { says: 'a signature is in its malleable form (s = {s})', advice: CHECK_THE_PROOF },
  NoSuchRendition: {
    says: 'there is no rendition {rendition} among {count}',
    advice: 'Name a smaller number.',
  },
  NotAnOrchestrator: { says: '{account} is no orchestrator', advice: 'Only orchestrators are punished.' },
  NotCommitted: {
    says: 'there is no commitment {commitment}',
    advice: 'Commit to the proof first, so that nobody can copy it.',
  },
  NotTheSignedData: {
    says: 'the data has hash {hash}, and {signedHash} was signed',
    advice: CHECK_THE_PROOF,
  },
  NotTheSignedHashes: {
    says: 'the hashes give {hash}, and {resultHash} was signed',
    advice: CHECK_THE_PROOF,
  },
  PeriodOutOfRange: { says: '{value} is not from {min} to {max}', advice: 'Choose a period in that range.' },
  ReceiptExpired: {
    says: 'the receipt is of round {round}; the oldest that counts is {oldestValid}',
    advice: 'Report wrong work sooner.',
  },
  ReceiptFromTheFuture: {
    says: 'the receipt is of round {round}, and this is round {currentRound}',
    advice: CHECK_THE_PROOF,
  },
  RevealTooEarly: {
    says: 'it can be revealed from block {revealBlock} on; this is {now_}',
    advice: 'Wait until then.',
  },
  SameResult: { says: 'both results are the same ({hash})', advice: CHECK_THE_PROOF },
  ShareOutOfRange: {
    says: '{value:millionths} is not from {min:millionths} to {max:millionths}',
    advice: 'Choose a share in that range.',
  },
  UnknownSchema: { says: 'receipts of schema {schema} are not known', advice: 'Use a newer client.' },
  VerifierIsOff: {
    says: 'punishment is switched off: the Controller knows {registered} as its Verifier',
    advice: 'Governance switches it on.',
  },
  WrongSigner: { says: '{signer} signed it, not the orchestrator {orchestrator}', advice: CHECK_THE_PROOF },
}
