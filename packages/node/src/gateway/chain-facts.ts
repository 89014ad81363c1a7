/** @module What the gateway shows of the chain; read by others, never waited for. */
import type { Address } from '@tessera/protocol/address'
import type { ChainView, PaymentsView } from '@tessera/protocol/network-view'

export type ChainSnapshot = {
  readonly chain: ChainView
  readonly depositWei: bigint
  readonly reserveWei: bigint
  readonly orchestrators: readonly {
    readonly address: Address
    readonly stake: bigint
    readonly lastReward: bigint
    readonly lastRewardRound: bigint
  }[]
  readonly payments: Pick<PaymentsView, 'redeemed' | 'redeemedWei' | 'redemptions'>
}

export type ChainFacts = {
  /** As of the last time the chain could be read; undefined off chain and before the first time. */
  snapshot(): ChainSnapshot | undefined
}

/** There is no chain. */
export const noChainFacts: ChainFacts = { snapshot: () => undefined }
