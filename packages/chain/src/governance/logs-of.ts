/** @module Past events of one contract, however few blocks the node answers at a time. */
import type { Address } from '@tessera/protocol/address'
import { type Abi, type ContractEventArgsFromTopics, type ContractEventName, parseEventLogs } from 'viem'
import type { ChainClient } from '../client.ts'

/** Small enough for all known nodes. */
const BLOCKS_PER_QUERY = 10_000n

type Search<abi extends Abi, name extends ContractEventName<abi>> = {
  readonly address: Address
  readonly abi: abi
  readonly event: name
  /** First block that is searched. */
  readonly fromBlock: bigint
}

/**
 * Oldest first. Asks for the whole range at once, which nodes take for a single quiet contract, and piece by piece
 * when the node refuses. @throws {RpcFaultError} and the RPC's other errors.
 */
export async function logsOf<const abi extends Abi, name extends ContractEventName<abi>>(
  client: ChainClient,
  search: Search<abi, name>,
): Promise<readonly Required<ContractEventArgsFromTopics<abi, name>>[]> {
  const head = await client.headNumber()
  try {
    return await query(client, search, search.fromBlock, head)
  } catch {
    const found: Required<ContractEventArgsFromTopics<abi, name>>[] = []
    for (let from = search.fromBlock; from <= head; from += BLOCKS_PER_QUERY) {
      const last = from + BLOCKS_PER_QUERY - 1n
      found.push(...(await query(client, search, from, last < head ? last : head)))
    }
    return found
  }
}

async function query<const abi extends Abi, name extends ContractEventName<abi>>(
  client: ChainClient,
  { address, abi, event }: Search<abi, name>,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<readonly Required<ContractEventArgsFromTopics<abi, name>>[]> {
  const logs = await client.guard(client.viem.getLogs({ address, fromBlock, toBlock }), {
    what: 'eth_getLogs',
  })
  const decoded = parseEventLogs({ abi: abi as Abi, eventName: event as string, logs })
  // parseEventLogs keeps only logs of this event whose arguments are those of the ABI.
  return decoded.map(({ args }) => args as Required<ContractEventArgsFromTopics<abi, name>>)
}
