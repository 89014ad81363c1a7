/** @module The contracts' events of past blocks, for ledgers and reports. */
import type { ContractAddresses } from './addresses.ts'
import type { ChainClient } from './client.ts'
import { type ChainEvent, decodeEvents, eventAddresses } from './events.ts'

/** Nodes limit the range of one query; this is small enough for all known ones. */
const BLOCKS_PER_QUERY = 1_000n

/** Decoded events of the blocks from `from` to `to`, both included, in chain order. @throws as `ChainClient.read`. */
export async function eventsInRange(
  client: ChainClient,
  addresses: ContractAddresses,
  range: { readonly from: bigint; readonly to: bigint },
): Promise<readonly ChainEvent[]> {
  const events: ChainEvent[] = []
  for (let from = range.from; from <= range.to; from += BLOCKS_PER_QUERY) {
    const last = from + BLOCKS_PER_QUERY - 1n
    const toBlock = last < range.to ? last : range.to
    const query = client.viem.getLogs({ address: eventAddresses(addresses), fromBlock: from, toBlock })
    events.push(...decodeEvents(await client.guard(query, { what: 'eth_getLogs' }), addresses))
  }
  return events
}
