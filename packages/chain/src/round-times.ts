/** @module Rounds and the wall clock: how far the current round is and when a later one begins, as an estimate. */
import type { BlockNumber, Round } from '@tessera/protocol/units'
import type { ChainClient } from './client.ts'
import type { RoundsManager } from './contracts/rounds-manager.ts'

/** The protocol's time now, and the pace at which it passes. Blocks are those that rounds are counted in (L1's). */
export type RoundTimes = {
  readonly currentRound: Round
  readonly isInitialized: boolean
  /** Orchestrators can't change their terms in the last part of a round. */
  readonly isLocked: boolean
  readonly block: BlockNumber
  readonly startBlock: BlockNumber
  /** In blocks. */
  readonly roundLength: bigint
  /** Measured on the newest blocks; the usual L1 pace where they cannot be read. */
  readonly secondsPerBlock: number
}

/** Far enough back to average, near enough for nodes that keep the state of few blocks. */
const PACE_BLOCKS = 20n
/** Slot time of Ethereum since the merge. */
const L1_SECONDS_PER_BLOCK = 12

/** @throws as `ChainClient.read`. */
export async function readRoundTimes(client: ChainClient, rounds: RoundsManager): Promise<RoundTimes> {
  const at = await client.headNumber()
  const [currentRound, initialized, isLocked, block, startBlock, roundLength, secondsPerBlock] =
    await Promise.all([
      rounds.currentRound(at),
      rounds.lastInitializedRound(at),
      rounds.currentRoundLocked(at),
      rounds.l1Block(at),
      rounds.currentRoundStartBlock(at),
      rounds.roundLength(at),
      pace(client, rounds, at),
    ])
  const isInitialized = initialized === currentRound
  return { currentRound, isInitialized, isLocked, block, startBlock, roundLength, secondsPerBlock }
}

/** Blocks until `round` begins; 0 when it has. */
export function blocksUntilRound(times: RoundTimes, round: bigint): bigint {
  const rounds = round - times.currentRound
  if (rounds <= 0n) return 0n
  return times.startBlock + rounds * times.roundLength - times.block
}

async function pace(client: ChainClient, rounds: RoundsManager, head: bigint): Promise<number> {
  const first = head > PACE_BLOCKS ? head - PACE_BLOCKS : 1n
  try {
    const [from, to, fromBlock, toBlock] = await Promise.all([
      client.viem.getBlock({ blockNumber: first }),
      client.viem.getBlock({ blockNumber: head }),
      rounds.l1Block(first),
      rounds.l1Block(head),
    ])
    const seconds = Number(to.timestamp - from.timestamp)
    const blocks = Number(toBlock - fromBlock)
    return seconds > 0 && blocks > 0 ? seconds / blocks : L1_SECONDS_PER_BLOCK
  } catch {
    // Pruned state, or contracts younger than the first block.
    return L1_SECONDS_PER_BLOCK
  }
}
