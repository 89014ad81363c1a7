/** @module A transaction as a plain value: described here, sent by a transaction manager. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'

export type TransactionCall = {
  /** Absent: creates a contract whose init code is `data`. */
  readonly to?: Address
  readonly data: Hex
  /** In wei. */
  readonly value: bigint
  /** For people and logs, e.g. `BondingManager.reward`. */
  readonly what: string
}

/** What is left of a transaction once it is in a block. */
export type TransactionReceipt = {
  readonly hash: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hex
  readonly gasUsed: bigint
  /** In wei for one unit of gas. */
  readonly gasPrice: bigint
  readonly contractAddress?: Address
}
