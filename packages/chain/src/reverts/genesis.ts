/** @module Refusals of the genesis distribution: MerkleMine and vesting. */
import type { Explanations } from './explanation.ts'

export const genesisExplanations: Explanations = {
  AlreadyGenerated: { says: '{recipient} has its tokens already', advice: 'Nothing is to be done.' },
  AlreadyStarted: { says: 'the mine is started already', advice: 'Nothing is to be done.' },
  NotStarted: { says: 'the mine is not started', advice: 'It starts once it holds all tokens.' },
  NotFunded: {
    says: 'the mine has {balance:lpt} and needs {needed:lpt}',
    advice: 'Send it the rest first.',
  },
  CallerPeriodNotStarted: {
    says: 'others may claim from block {callerStartBlock} on, and this is block {now_}',
    advice: 'Until then only the recipient itself can claim.',
  },
  InvalidProof: {
    says: 'the proof does not lead from {recipient} to the root of the mine',
    advice: 'Make the proof from the same list: tessera genesis prove.',
  },
  InvalidProofLength: {
    says: 'a proof of {length} bytes is not made of 32-byte hashes',
    advice: 'Make the proof with tessera genesis prove.',
  },
  ProofsEndEarly: {
    says: 'the proofs have {length} bytes of the {needed} that they announce',
    advice: 'Make the proofs with tessera genesis prove.',
  },
  RecipientsAndProofsDiffer: {
    says: 'there are {recipients} recipients and {proofs} proofs',
    advice: 'Give one proof for each recipient.',
  },
  InvalidBlocks: {
    says: 'genesis {genesisBlock}, caller start {callerStartBlock} and end {callerEndBlock} are not in order at block {now_}',
    advice: 'Genesis is not in the future, the period of callers begins after this block and ends later.',
  },
  NoRecipients: { says: 'the list of recipients is empty', advice: 'Give at least one.' },
  NullToken: { says: 'the token is the zero address', advice: 'Name the token.' },
  GrantNeedsABeneficiary: { says: 'the grant has no beneficiary', advice: 'Name one.' },
  InvalidCliffDuration: {
    says: 'a cliff of {cliffSeconds} s is longer than the whole grant of {durationSeconds} s',
    advice: 'Choose a cliff within the grant.',
  },
}
