/** @module What a command means to send, and what became of it. */
import type { Query } from '@tessera/chain/contract'
import type { TransactionCall, TransactionReceipt } from '@tessera/chain/transaction-call'
import type { Json } from './json.ts'

export type Step = {
  readonly call: TransactionCall
  /** What it does, for people, e.g. `allow the BondingManager to take 10 LPT`. */
  readonly says: string
}

/** A value of the chain that is shown before and after. */
export type Watch = {
  readonly what: string
  readonly query: Query<unknown>
  /** Of the decoded result. */
  readonly json: (value: never) => Json
  readonly text: (value: never) => string
}

export type Plan = {
  /** In this order; a later one may need an earlier one. All are simulated before the first is sent. */
  readonly steps: readonly Step[]
  /** Set when it cannot be undone, or does more than was asked for: said before anything is sent, and asked for at a terminal. */
  readonly warning?: string
  readonly watch?: readonly Watch[]
}

/** A transaction as it was mined, or as it would be sent on a dry run. */
export type Sent = {
  readonly what: string
  readonly says: string
  readonly to: string | null
  /** In wei. */
  readonly value: bigint
  /** Absent on a dry run, as are block and gasPrice. */
  readonly hash?: string
  readonly block?: bigint
  /** Used; on a dry run estimated, and absent where that is not possible before an earlier transaction is mined. */
  readonly gas?: bigint
  /** In wei: paid; on a dry run at most. */
  readonly cost?: bigint
}

export type Change = {
  readonly what: string
  readonly before: Json
  readonly after: Json
  /** For people. */
  readonly text: string
}

/** What is known of a transaction once a block holds it. */
export function mined(receipt: TransactionReceipt): Pick<Sent, 'hash' | 'block' | 'gas' | 'cost'> {
  const { hash, blockNumber, gasUsed, gasPrice } = receipt
  return { hash, block: blockNumber, gas: gasUsed, cost: gasUsed * gasPrice }
}

/** Ties a query to how its value is shown. */
export function watch<T>(
  what: string,
  query: Query<T>,
  show: { readonly json: (value: T) => Json; readonly text: (value: T) => string },
): Watch {
  return { what, query, ...show }
}
