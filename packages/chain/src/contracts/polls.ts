/** @module Polls: votes of stake that bind nobody; they are counted off chain. */
import { type Address, address } from '@tessera/protocol/address'
import { type BlockNumber, blockNumber } from '@tessera/protocol/units'
import { fromHex, type Hex } from '@tessera/runtime/bytes'
import { stringToHex } from 'viem'
import { pollAbi } from '../abis/poll.ts'
import { pollCreatorAbi } from '../abis/poll-creator.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { logsOf } from '../logs-of.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** Livepeer's explorer counts choice 0 as yes and 1 as no. */
export const POLL_CHOICES = ['yes', 'no'] as const
export type PollChoice = (typeof POLL_CHOICES)[number]

export type PollInfo = {
  readonly poll: Address
  /** As written: by custom the IPFS hash of the text. */
  readonly proposal: Hex
  /** Last block, of those that rounds are counted in, in which votes are taken. */
  readonly endBlock: BlockNumber
}

export function createPoll(client: ChainClient, creator: Address, proposal: string): TransactionCall {
  const contract = new Contract(client, { name: 'PollCreator', address: creator, abi: pollCreatorAbi })
  return contract.write('createPoll', [stringToHex(proposal)])
}

/** What a poll is about, as text; bytes that are none become replacement characters. */
export function proposalText(proposal: Hex): string {
  return new TextDecoder().decode(fromHex(proposal))
}

/** A later vote of the same account replaces its earlier one. */
export function votePoll(client: ChainClient, poll: Address, choice: PollChoice): TransactionCall {
  return pollContract(client, poll).write('vote', [BigInt(POLL_CHOICES.indexOf(choice))])
}

export async function pollEnd(client: ChainClient, poll: Address): Promise<BlockNumber> {
  return blockNumber(await pollContract(client, poll).read('endBlock', []))
}

/** Oldest first, since `fromBlock` or the contract's creation. @throws as `logsOf`. */
export async function listPolls(
  client: ChainClient,
  creator: Address,
  fromBlock?: bigint,
): Promise<readonly PollInfo[]> {
  const logs = await logsOf(client, {
    address: creator,
    abi: pollCreatorAbi,
    event: 'PollCreated',
    fromBlock,
  })
  return logs.map(({ args: { poll, proposal, endBlock } }) => ({
    poll: address(poll),
    proposal,
    endBlock: blockNumber(endBlock),
  }))
}

/** The last choice of each voter, in the order of their first votes. @throws as `logsOf`. */
export async function pollVotes(
  client: ChainClient,
  poll: Address,
  fromBlock?: bigint,
): Promise<ReadonlyMap<Address, PollChoice | undefined>> {
  const logs = await logsOf(client, { address: poll, abi: pollAbi, event: 'Vote', fromBlock })
  return new Map(
    logs.map(({ args: { voter, choiceID } }) => [address(voter), POLL_CHOICES[Number(choiceID)]]),
  )
}

function pollContract(client: ChainClient, poll: Address): Contract<typeof pollAbi> {
  return new Contract(client, { name: 'Poll', address: poll, abi: pollAbi })
}
