/** @module Refusals of LivepeerGovernor, Treasury, polls and the owner of the contracts. */
import type { Explanations } from './explanation.ts'

export const governanceExplanations: Explanations = {
  GovernorOnlyExecutor: {
    says: '{account} is not the treasury',
    advice: 'It happens through a proposal only.',
  },
  GovernorNonexistentProposal: {
    says: 'there is no proposal {proposalId:id}',
    advice: 'tessera gov list shows them. Queueing and executing need exactly the proposed actions and text.',
  },
  GovernorUnexpectedProposalState: {
    says: 'proposal {proposalId:id} is in state {current:proposalState}',
    advice: 'tessera gov show says what can be done with it and when.',
  },
  GovernorInvalidVotingPeriod: {
    says: 'a voting period of {votingPeriod} rounds is too short',
    advice: 'Choose 1 or more.',
  },
  GovernorInvalidQuorumFraction: {
    says: 'a quorum of {quorumNumerator:millionths} is more than all votes',
    advice: 'Choose 100 % (1000000 for the contract) or less.',
  },
  VotingTimeTooLong: {
    says: '{rounds} rounds are more than the {max} that a delay or a vote may take',
    advice: 'Choose fewer rounds.',
  },
  InvalidVoteType: {
    says: '{voteType} is no choice',
    advice: 'Vote 0 (against), 1 (for) or 2 (abstain).',
  },
  VoteAlreadyCast: { says: 'the account has voted on this proposal', advice: 'A vote cannot be changed.' },
  AlreadyInitialized: { says: 'the contract is set up', advice: 'It happens once, at its deployment.' },
  InsufficientStake: {
    says: '{caller} has {stake:lpt} of stake and opening a poll takes {required:lpt}',
    advice: 'Bond more LPT, or ask somebody with enough stake to open the poll.',
  },
  PollIsOver: {
    says: 'the poll took votes up to block {endBlock}; it is {current}',
    advice: 'Nothing can be changed any more.',
  },
  PollIsActive: {
    says: 'the poll takes votes up to block {endBlock}; it is {current}',
    advice: 'Wait for its end.',
  },
  'TransferFailed(address,uint256)': {
    says: '{recipient} did not take {amount:eth}',
    advice: 'Send it from an account that accepts ETH.',
  },
  CallerMustBeOwner: { says: '{caller} is not the owner, {owner}', advice: 'Send it from the owner.' },
  CallerMustBeGovernor: {
    says: '{caller} is not the Governor itself',
    advice: 'Stage an update that makes this call.',
  },
  UpdateLengthsDiffer: {
    says: 'there are {targets} targets, {values} values and {data} calls',
    advice: 'Give as many of each.',
  },
  UpdateAlreadyStaged: {
    says: 'the update {update} is staged for block {executableAt}',
    advice: 'Execute or cancel it, or choose another nonce.',
  },
  UpdateNotStaged: {
    says: 'the update {update} is not staged',
    advice:
      'It was executed or cancelled, or its calls, values or nonce differ: see tessera gov update list.',
  },
  UpdateDelayNotExpired: {
    says: 'the update {update} can be executed from block {executableAt} on; it is {current}',
    advice: 'Wait for that block: tessera gov update show says about how long.',
  },
  UpdateCallFailed: {
    says: 'call {index} of the update, to {target}, failed: {reason:revert}',
    advice: 'Nothing of the update happened. tessera gov update show lists its calls, counted from 0.',
  },
  GovernorInsufficientProposerVotes: {
    says: '{proposer} has {votes:lpt} of stake and proposing takes {threshold:lpt}',
    advice: 'Bond more LPT; stake counts from the next round on.',
  },
  GovernorRestrictedProposer: {
    says: '{proposer} may not propose this: its text reserves it for another account',
    advice: 'Send it from that account.',
  },
  GovernorUnableToCancel: {
    says: '{account} cannot cancel proposal {proposalId:id}',
    advice: 'Its proposer can, until the voting starts.',
  },
  GovernorInvalidProposalLength: {
    says: 'there are {targets} targets, {calldatas} calls and {values} values',
    advice: 'Give as many of each, and at least one.',
  },
  TimelockInvalidOperationLength: {
    says: 'there are {targets} targets, {payloads} calls and {values} values',
    advice: 'Give as many of each.',
  },
  TimelockInsufficientDelay: {
    says: 'a delay of {delay} s is less than {minDelay} s',
    advice: 'Choose a longer one.',
  },
  TimelockUnexpectedOperationState: {
    says: 'the operation {operationId} is not in the state that this needs',
    advice: 'Wait for its delay to pass; an executed one is done.',
  },
  TimelockUnexecutedPredecessor: {
    says: 'operation {predecessorId} comes first',
    advice: 'Execute that one first.',
  },
  TimelockUnauthorizedCaller: {
    says: '{caller} is not the treasury itself',
    advice: 'It happens through a proposal only.',
  },
}
