/** @module Mining on a development node: at once while a world is set up, then by the clock. */
import type { ChainClient } from '../client.ts'

/** Each transaction gets a block at once, and no other blocks are made. */
export async function mineAtOnce(client: ChainClient): Promise<void> {
  await client.raw('evm_setIntervalMining', [0])
  await client.raw('evm_setAutomine', [true])
}

/** One block every `seconds`, with or without transactions. */
export async function mineByInterval(client: ChainClient, seconds: number): Promise<void> {
  await client.raw('evm_setAutomine', [false])
  await client.raw('evm_setIntervalMining', [seconds])
}

/** `count` empty blocks now. */
export async function mineBlocks(client: ChainClient, count: number): Promise<void> {
  await client.raw('anvil_mine', [`0x${count.toString(16)}`])
}

/** Replaces the newest `depth` blocks by empty ones. */
export async function reorganise(client: ChainClient, depth: number): Promise<void> {
  await client.raw('anvil_reorg', [depth, []])
}
