/** @module Values that commands show before and after. */
import type { Query } from '@tessera/chain/contract'
import type { Staking } from '@tessera/chain/contracts/staking'
import type { LivepeerContracts } from '@tessera/chain/livepeer-contracts'
import type { Address } from '@tessera/protocol/address'
import { formatEth, formatLpt } from './amounts.ts'
import { type Watch, watch } from './plan.ts'

export function watchLpt(what: string, query: Query<bigint>): Watch {
  return watch(what, query, { json: (value) => value, text: formatLpt })
}

export function watchEth(what: string, query: Query<bigint>): Watch {
  return watch(what, query, { json: (value) => value, text: formatEth })
}

/** Stake of the account and LPT in its wallet. */
export function watchStake(
  account: Address,
  staking: Staking,
  { token }: LivepeerContracts,
): readonly Watch[] {
  return [watchLpt('stake', staking.stakeQuery(account)), watchLpt('wallet', token.balanceQuery(account))]
}
