/** @module Proposals that were made, found by their events: the contract keeps only their hashes. */
import { type Address, address } from '@tessera/protocol/address'
import { type Round, round } from '@tessera/protocol/units'
import { livepeerGovernorAbi as abi } from '../abis/livepeer-governor.ts'
import type { ChainClient } from '../client.ts'
import { logsOf } from '../logs-of.ts'
import { type ProposalContent, proposalId } from './proposal.ts'

export type ListedProposal = ProposalContent & {
  readonly id: bigint
  readonly proposer: Address
  readonly snapshot: Round
  readonly deadline: Round
}

/** Oldest first, since `fromBlock` or the governor's creation; those whose content does not give their id are left out. @throws as `logsOf`. */
export async function listProposals(
  client: ChainClient,
  governor: Address,
  fromBlock?: bigint,
): Promise<readonly ListedProposal[]> {
  const logs = await logsOf(client, { address: governor, abi, event: 'ProposalCreated', fromBlock })
  return logs
    .map(({ args }) => args)
    .map(({ proposalId: id, proposer, targets, values, calldatas, voteStart, voteEnd, description }) => ({
      id,
      proposer: address(proposer),
      actions: targets.map((target, k) => ({
        target: address(target),
        value: values[k] ?? 0n,
        data: calldatas[k] ?? ('0x' as const),
      })),
      description,
      snapshot: round(voteStart),
      deadline: round(voteEnd),
    }))
    .filter((proposal) => proposalId(proposal) === proposal.id)
}
