/** @module The orchestrators a gateway can discover on chain. */

import type { OrchestratorInfo } from './contracts/bonding-manager.ts'
import type { LivepeerContracts } from './livepeer-contracts.ts'

export type ListedOrchestrator = OrchestratorInfo & {
  /** As registered: any text, possibly empty. */
  readonly serviceUri: string
}

/** The pool, most stake first, with service URIs. @throws as `ChainClient.read`. */
export async function listOrchestrators(
  contracts: LivepeerContracts,
): Promise<readonly ListedOrchestrator[]> {
  const pool = await contracts.bondingManager.pool()
  return Promise.all(
    pool.map(async (info) => ({
      ...info,
      serviceUri: await contracts.serviceRegistry.serviceUri(info.address),
    })),
  )
}
