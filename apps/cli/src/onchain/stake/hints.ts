/** @module Hints for a change of stake, so that the contract need not search its pool. */
import type { Staking } from '@tessera/chain/contracts/staking'
import { type Hint, moveInPool, NO_HINT, type PoolMember } from '@tessera/chain/pool-hints'
import { type Address, sameAddress } from '@tessera/protocol/address'

/** A stake that goes up or down; `mayJoin` when a registered orchestrator outside the pool may come in. */
export type StakeChange = { readonly orchestrator: Address; readonly by: bigint; readonly mayJoin: boolean }

/** In the order in which the contract makes the changes: each sees the pool that the one before left. */
export async function hintsFor(staking: Staking, changes: readonly StakeChange[]): Promise<readonly Hint[]> {
  const { members, maxSize } = await staking.pool()
  const stakes = await Promise.all(changes.map(({ orchestrator }) => staking.totalStake(orchestrator)))
  let pool: readonly PoolMember[] = members
  return changes.map(({ orchestrator, by, mayJoin }, k) => {
    const isMember = pool.some(({ address }) => sameAddress(address, orchestrator))
    if (!isMember && !mayJoin) return NO_HINT
    const moved = moveInPool(pool, { address: orchestrator, stake: (stakes[k] ?? 0n) + by }, maxSize)
    pool = moved.pool
    return moved.hint
  })
}
