/** @module Where governance is, by the names under which the Controller knows it. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { controllerAbi } from '../abis/controller.ts'
import { contractId } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { ContractMissingError } from '../errors.ts'

export type GovernanceName = 'LivepeerGovernor' | 'Treasury' | 'BondingVotes' | 'PollCreator'

/** @throws {ContractMissingError} where a deployment has none, and as `ChainClient.read`. */
export async function findGovernance(
  client: ChainClient,
  controller: Address,
  name: GovernanceName,
): Promise<Address> {
  const args = [contractId(name)] as const
  const found = await client.read({
    abi: controllerAbi,
    address: controller,
    functionName: 'getContract',
    args,
  })
  if (sameAddress(found, ZERO_ADDRESS)) throw new ContractMissingError({ contract: name })
  return found
}
