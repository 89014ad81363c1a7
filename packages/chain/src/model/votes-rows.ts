/** @module Records of the history of votes. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'

/** The stake of an account from a round on. */
export type Checkpoint = {
  readonly startRound: bigint
  readonly bondedAmount: bigint
  readonly delegateAddress: Address
  readonly delegatedAmount: bigint
  readonly lastClaimRound: bigint
  readonly lastRewardRound: bigint
}

/** Ascending, at most one a round. */
export type CheckpointRow = { readonly history: readonly Checkpoint[] }

export const noCheckpoint: CheckpointRow = { history: [] }

export const zeroCheckpoint: Checkpoint = {
  startRound: 0n,
  bondedAmount: 0n,
  delegateAddress: ZERO_ADDRESS,
  delegatedAmount: 0n,
  lastClaimRound: 0n,
  lastRewardRound: 0n,
}
