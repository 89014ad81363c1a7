/** @module LivepeerGovernor: proposals, votes by stake, and their execution by the treasury. Its clock is the round. */
import type { Address } from '@tessera/protocol/address'
import { type Lpt, lpt, type Round, round } from '@tessera/protocol/units'
import { livepeerGovernorAbi as abi } from '../abis/livepeer-governor.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { columns, descriptionHash, type ProposalContent, type ProposalState } from '../governance/proposal.ts'
import { PROPOSAL_STATES } from '../reverts/value-text.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** In the order of the contract's numbers. */
export const VOTE_CHOICES = ['against', 'for', 'abstain'] as const
export type VoteChoice = (typeof VOTE_CHOICES)[number]

export type ProposalTally = Readonly<Record<VoteChoice, Lpt>>

export type ProposalStanding = {
  readonly state: ProposalState
  /** Stake counts as it is at the end of this round; voting begins with the next. */
  readonly snapshot: Round
  /** The last round of the voting. */
  readonly deadline: Round
  readonly tally: ProposalTally
  /** Votes that must be cast at least; undefined until the snapshot is over. */
  readonly quorum: Lpt | undefined
  /** Part of the votes for and against that must be for, in 10^-6. */
  readonly quota: bigint
  /** Unix seconds from which it can be executed; 0 until it is queued. */
  readonly eta: bigint
}

export type GovernorSettings = {
  /** In rounds. */
  readonly votingDelay: bigint
  /** In rounds. */
  readonly votingPeriod: bigint
  /** Stake that proposing takes. */
  readonly proposalThreshold: Lpt
  /** In 10^-6 of the total stake. */
  readonly quorumNumerator: bigint
  /** In 10^-6. */
  readonly quota: bigint
}

/** Reads, and writes as values. */
export class LivepeerGovernor {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'LivepeerGovernor', address, abi })
  }

  async settings(): Promise<GovernorSettings> {
    const [votingDelay, votingPeriod, threshold, quorumNumerator, quota] = await Promise.all([
      this.#contract.read('votingDelay', []),
      this.#contract.read('votingPeriod', []),
      this.#contract.read('proposalThreshold', []),
      this.#contract.read('quorumNumerator', []),
      this.#contract.read('quota', []),
    ])
    return { votingDelay, votingPeriod, proposalThreshold: lpt(threshold), quorumNumerator, quota }
  }

  /** Whether such a proposal was made. Snapshots are rounds after the first. */
  async exists(id: bigint): Promise<boolean> {
    return (await this.#contract.read('proposalSnapshot', [id])) > 0n
  }

  /** @throws {RevertedError} `GovernorNonexistentProposal`. */
  async state(id: bigint): Promise<ProposalState> {
    return PROPOSAL_STATES[await this.#contract.read('state', [id])] ?? 'pending'
  }

  /** @throws {RevertedError} `GovernorNonexistentProposal`. */
  async standing(id: bigint): Promise<ProposalStanding> {
    const [state, snapshot, deadline, votes, quota, eta, now] = await Promise.all([
      this.state(id),
      this.#contract.read('proposalSnapshot', [id]),
      this.#contract.read('proposalDeadline', [id]),
      this.#contract.read('proposalVotes', [id]),
      this.#contract.read('quota', []),
      this.#contract.read('proposalEta', [id]),
      this.#contract.read('clock', []),
    ])
    const [against, inFavour, abstain] = votes
    const quorum = BigInt(now) > snapshot ? lpt(await this.#contract.read('quorum', [snapshot])) : undefined
    const tally = { against: lpt(against), for: lpt(inFavour), abstain: lpt(abstain) }
    return { state, snapshot: round(snapshot), deadline: round(deadline), tally, quorum, quota, eta }
  }

  hasVoted(id: bigint, account: Address): Promise<boolean> {
    return this.#contract.read('hasVoted', [id, account])
  }

  /** Votes of an account as of the end of a past round. */
  async votesAt(account: Address, at: Round): Promise<Lpt> {
    return lpt(await this.#contract.read('getVotes', [account, at]))
  }

  propose({ actions, description }: ProposalContent): TransactionCall {
    const { targets, values, calldatas } = columns(actions)
    return this.#contract.write('propose', [targets, values, calldatas, description])
  }

  vote(id: bigint, choice: VoteChoice, reason: string): TransactionCall {
    const support = VOTE_CHOICES.indexOf(choice)
    return reason === ''
      ? this.#contract.write('castVote', [id, support])
      : this.#contract.write('castVoteWithReason', [id, support, reason])
  }

  /** Hands an accepted proposal to the treasury, whose delay begins. */
  queue({ actions, description }: ProposalContent): TransactionCall {
    const { targets, values, calldatas } = columns(actions)
    return this.#contract.write('queue', [targets, values, calldatas, descriptionHash(description)])
  }

  execute({ actions, description }: ProposalContent): TransactionCall {
    const { targets, values, calldatas } = columns(actions)
    return this.#contract.write('execute', [targets, values, calldatas, descriptionHash(description)])
  }

  /** By the proposer, before the voting. */
  cancel({ actions, description }: ProposalContent): TransactionCall {
    const { targets, values, calldatas } = columns(actions)
    return this.#contract.write('cancel', [targets, values, calldatas, descriptionHash(description)])
  }
}
