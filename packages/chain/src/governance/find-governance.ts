/** @module Where governance is, by the names under which the Controller knows it. */
import type { Address } from '@tessera/protocol/address'
import { type OptionalContractName, registered } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { ContractMissingError } from '../errors.ts'

/** @throws {ContractMissingError} where a deployment has none, and as `ChainClient.read`. */
export async function findGovernance(
  client: ChainClient,
  controller: Address,
  name: OptionalContractName,
): Promise<Address> {
  const found = await registered({ client, controller }, name)
  if (found === undefined) throw new ContractMissingError({ contract: name })
  return found
}
