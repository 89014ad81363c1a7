/** @module Past events of one contract, however few blocks the node answers at a time. */
import type { Address } from '@tessera/protocol/address'
import {
  type Abi,
  type AbiEvent,
  type ContractEventArgs,
  type ContractEventArgsFromTopics,
  type ContractEventName,
  parseEventLogs,
} from 'viem'
import type { ChainClient } from './client.ts'
import { deploymentBlock } from './deployment-block.ts'
import { RpcFaultError, RpcTimeoutError } from './errors.ts'

/** A node that refuses even this range cannot be searched. */
const LEAST_BLOCKS = 500n
/** A refused range is divided by this: from 2^28 blocks to 10,000, a common limit, takes seven refusals. */
const SHRINK = 4n

type Search<abi extends Abi, name extends ContractEventName<abi>> = {
  readonly address: Address
  readonly abi: abi
  readonly event: name
  /** Values of indexed arguments that the events must have. */
  readonly args?: ContractEventArgs<abi, name>
  /** First block that is searched; that of the contract's creation when absent. */
  readonly fromBlock?: bigint | undefined
}

export type FoundLog<args> = { readonly args: args; readonly block: bigint; readonly index: number }

/**
 * Oldest first. Asks for the whole range at once, which nodes take for a single quiet contract, and for smaller and
 * smaller parts of it when the node refuses. @throws {RpcFaultError} and the RPC's other errors.
 */
export async function logsOf<const abi extends Abi, name extends ContractEventName<abi>>(
  client: ChainClient,
  search: Search<abi, name>,
): Promise<readonly FoundLog<Required<ContractEventArgsFromTopics<abi, name>>>[]> {
  const head = await client.headNumber()
  let from = search.fromBlock ?? (await deploymentBlock(client, search.address))
  let length = head - from + 1n
  const found: FoundLog<Required<ContractEventArgsFromTopics<abi, name>>>[] = []
  while (from <= head) {
    const last = from + length - 1n < head ? from + length - 1n : head
    try {
      found.push(...(await query(client, search, from, last)))
      from = last + 1n
    } catch (error) {
      if (!isTooMuch(error) || length <= LEAST_BLOCKS) throw error
      length = length / SHRINK > LEAST_BLOCKS ? length / SHRINK : LEAST_BLOCKS
    }
  }
  return found
}

/** Nodes have many words for a range that is too long; a search that takes too long is one more. */
function isTooMuch(error: unknown): boolean {
  return error instanceof RpcFaultError || error instanceof RpcTimeoutError
}

async function query<const abi extends Abi, name extends ContractEventName<abi>>(
  client: ChainClient,
  { address, abi, event, args }: Search<abi, name>,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly FoundLog<Required<ContractEventArgsFromTopics<abi, name>>>[]> {
  const item = (abi as Abi).find((entry): entry is AbiEvent => entry.type === 'event' && entry.name === event)
  // The parameters tie event and arguments to the ABI; viem's own types cannot follow a generic one.
  const filter = { address, event: item, args, fromBlock, toBlock } as unknown as { fromBlock: bigint }
  const logs = await client.guard(client.viem.getLogs(filter), { what: 'eth_getLogs' })
  const decoded = parseEventLogs({ abi: abi as Abi, eventName: event as string, logs })
  // parseEventLogs keeps only logs of this event whose arguments are those of the ABI.
  return decoded.map(({ args: given, blockNumber, logIndex }) => ({
    args: given as Required<ContractEventArgsFromTopics<abi, name>>,
    block: blockNumber ?? toBlock,
    index: logIndex ?? 0,
  }))
}
