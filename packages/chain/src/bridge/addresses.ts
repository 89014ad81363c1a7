/** @module Where the two ends of the bridge are, by the names under which each chain's Controller knows them. */
import type { Address } from '@tessera/protocol/address'
import { type ChainEnd, registered } from '../addresses.ts'
import { ContractMissingError } from '../errors.ts'

/** On L1. `ArbitrumInbox` and `ArbitrumOutbox` belong to the rollup; the rest is LPT's. */
const L1_BRIDGE_NAMES = [
  'LivepeerToken',
  'L1Escrow',
  'L1LPTGateway',
  'L1LPTDataCache',
  'BridgeMinter',
  'ArbitrumInbox',
  'ArbitrumOutbox',
] as const

/** On L2. `RetryableExecutor` executes messages of L1 through copies of `RetryableAlias`; on Arbitrum the chain does. */
const L2_BRIDGE_NAMES = [
  'LivepeerToken',
  'L2LPTGateway',
  'L2LPTDataCache',
  'RetryableExecutor',
  'RetryableAlias',
] as const

export type L1BridgeAddresses = Readonly<Record<(typeof L1_BRIDGE_NAMES)[number], Address>> & {
  readonly Controller: Address
}
export type L2BridgeAddresses = Readonly<Record<(typeof L2_BRIDGE_NAMES)[number], Address>> & {
  readonly Controller: Address
}

export type BridgeAddresses = { readonly l1: L1BridgeAddresses; readonly l2: L2BridgeAddresses }

/** Asks both Controllers. @throws {ContractMissingError} when one has no bridge, and as `ChainClient.read`. */
export async function findBridge(ends: {
  readonly l1: ChainEnd
  readonly l2: ChainEnd
}): Promise<BridgeAddresses> {
  const [l1, l2] = await Promise.all([lookUp(ends.l1, L1_BRIDGE_NAMES), lookUp(ends.l2, L2_BRIDGE_NAMES)])
  return { l1: { Controller: ends.l1.controller, ...l1 }, l2: { Controller: ends.l2.controller, ...l2 } }
}

async function lookUp<name extends string>(
  end: ChainEnd,
  names: readonly name[],
): Promise<Readonly<Record<name, Address>>> {
  if (!(await end.client.hasCode(end.controller))) {
    throw new ContractMissingError({ contract: 'Controller', address: end.controller })
  }
  const found = await Promise.all(
    names.map(async (name) => {
      const address = await registered(end, name)
      if (address === undefined) throw new ContractMissingError({ contract: name })
      return [name, address] as const
    }),
  )
  // Each name has an entry: the list above is the union.
  return Object.fromEntries(found) as Record<name, Address>
}
