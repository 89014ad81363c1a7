/** @module The treasury's rules: what it is given and how long it waits. */
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { treasuryAbi } from '../abis/treasury.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { GovernedAddresses } from './contract-abis.ts'

export type TreasuryRules = {
  /** Its part of the rewards in this round, in 10^-27. */
  readonly rewardCut: bigint
  /** The same from the next round on. */
  readonly nextRewardCut: bigint
  /** LPT at which it gets no more; 0 = no limit. */
  readonly ceiling: bigint
  /** Seconds between queueing and executing. */
  readonly delay: bigint
}

/** @throws as `ChainClient.read`. */
export async function readTreasury(client: ChainClient, at: GovernedAddresses): Promise<TreasuryRules> {
  const bonding = new Contract(client, {
    name: 'BondingManager',
    address: at.BondingManager,
    abi: bondingManagerAbi,
  })
  const treasury = new Contract(client, { name: 'Treasury', address: at.Treasury, abi: treasuryAbi })
  const [rewardCut, nextRewardCut, ceiling, delay] = await Promise.all([
    bonding.read('treasuryRewardCutRate', []),
    bonding.read('nextRoundTreasuryRewardCutRate', []),
    bonding.read('treasuryBalanceCeiling', []),
    treasury.read('getMinDelay', []),
  ])
  return { rewardCut, nextRewardCut, ceiling, delay }
}
