/** @module Where the contracts are: the Controller knows them by the keccak256 of their names. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { keccak256, toBytes } from 'viem'
import { controllerAbi } from './abis/controller.ts'
import type { ChainClient } from './client.ts'
import { ContractMissingError } from './errors.ts'

/** Without these there is no network. */
export const CONTRACT_NAMES = [
  'LivepeerToken',
  'Minter',
  'BondingManager',
  'TicketBroker',
  'RoundsManager',
  'ServiceRegistry',
] as const

/**
 * What a deployment may lack. On mainnet the last four are not registered at the Controller; deployments of ours register
 * them under these names, which nothing on chain reads. `StandbyVerifier` judges only while it is also the `Verifier`.
 */
const OPTIONAL_NAMES = [
  'BondingVotes',
  'LivepeerGovernor',
  'Treasury',
  'MerkleSnapshot',
  'L2LPTDataCache',
  'Verifier',
  'Governor',
  'PollCreator',
  'AIServiceRegistry',
  'StandbyVerifier',
  'StablecoinTicketBroker',
  'TestStablecoin',
] as const

export type ContractName = (typeof CONTRACT_NAMES)[number]
export type OptionalContractName = (typeof OPTIONAL_NAMES)[number]

export type ContractAddresses = Readonly<Record<ContractName, Address>> &
  Readonly<Partial<Record<OptionalContractName, Address>>> & { readonly Controller: Address }

/** A chain and the Controller on it. */
export type ChainEnd = { readonly client: ChainClient; readonly controller: Address }

/** The Controller's id of a contract: keccak256 of the ASCII name. */
export function contractId(name: string): Hex {
  return keccak256(toBytes(name))
}

/** Nothing when the Controller does not know the name. */
export async function registered(end: ChainEnd, name: string): Promise<Address | undefined> {
  const address = await end.client.read({
    abi: controllerAbi,
    address: end.controller,
    functionName: 'getContract',
    args: [contractId(name)],
  })
  return sameAddress(address, ZERO_ADDRESS) ? undefined : address
}

/** Asks the Controller for each contract. @throws {ContractMissingError} and as `ChainClient.read`. */
export async function discoverAddresses(
  client: ChainClient,
  controller: Address,
): Promise<ContractAddresses> {
  if (!(await client.hasCode(controller))) {
    throw new ContractMissingError({ contract: 'Controller', address: controller })
  }
  const found = await Promise.all(
    [...CONTRACT_NAMES, ...OPTIONAL_NAMES].map(
      async (name) => [name, await registered({ client, controller }, name)] as const,
    ),
  )
  const known = new Map(found.filter(([, address]) => address !== undefined))
  for (const name of CONTRACT_NAMES) if (!known.has(name)) throw new ContractMissingError({ contract: name })
  // Each required name has an entry, as just checked; the others may be absent.
  const byName = Object.fromEntries(known) as Record<ContractName, Address>
  return { Controller: controller, ...byName }
}
