/** @module The MultiMerkleMine that came with a genesis, so that claiming does not create another. */
import { join } from 'node:path'
import type { ChainClient } from '@tessera/chain/client'
import { type Address, sameAddress } from '@tessera/protocol/address'
import { readGenesisDeployment } from './genesis-deployment-file.ts'

/**
 * What `genesis deploy` recorded in the folder of the genesis. Nothing when it recorded nothing there, or about another
 * chain or mine, or broke off: the addresses of a deployment that is not complete may be those of other contracts.
 *
 * @throws {DeploymentFileError} when the record is malformed.
 */
export async function recordedMultiMine(
  client: Pick<ChainClient, 'genesisHash' | 'hasCode'>,
  mine: Address,
  folder: string,
): Promise<Address | undefined> {
  const record = await readGenesisDeployment(join(folder, 'deployment.json'))
  if (!record?.complete || record.genesisHash !== client.genesisHash) return undefined
  const { contracts } = record
  if (!sameAddress(contracts.mine, mine) || !(await client.hasCode(contracts.multiMine))) return undefined
  return contracts.multiMine
}
