/** @module Where the contracts are: the Controller knows them by the keccak256 of their names. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { keccak256, toBytes } from 'viem'
import { controllerAbi } from './abis/controller.ts'
import type { ChainClient } from './client.ts'
import { ContractMissingError } from './errors.ts'

export const CONTRACT_NAMES = [
  'LivepeerToken',
  'Minter',
  'BondingManager',
  'TicketBroker',
  'RoundsManager',
  'ServiceRegistry',
] as const

export type ContractName = (typeof CONTRACT_NAMES)[number]

export type ContractAddresses = Readonly<Record<ContractName, Address>> & { readonly Controller: Address }

/** The Controller's id of a contract: keccak256 of the ASCII name. */
export function contractId(name: string): Hex {
  return keccak256(toBytes(name))
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
    CONTRACT_NAMES.map(async (name) => {
      const address = await client.read({
        abi: controllerAbi,
        address: controller,
        functionName: 'getContract',
        args: [contractId(name)],
      })
      if (sameAddress(address, ZERO_ADDRESS)) throw new ContractMissingError({ contract: name })
      return [name, address] as const
    }),
  )
  // Each name of the union has an entry: the list above is the union.
  const byName = Object.fromEntries(found) as Record<ContractName, Address>
  return { Controller: controller, ...byName }
}
