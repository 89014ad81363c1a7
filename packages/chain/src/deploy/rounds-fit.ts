/** @module Whether the numbers of rounds fit: they are counted from block 0 of the chain. */
import type { ChainClient } from '../client.ts'
import { RpcFaultError } from '../errors.ts'
import { TooManyRoundsError } from './errors.ts'

/** Votes note rounds in 24 bits. */
const LAST_ROUND = 2n ** 24n - 1n

/** Rounds that a new network must have left: with daily ones three thousand years, with minutes two. */
const LEFT = 2n ** 20n

/** Returns `block.number` from creation code: NUMBER, MSTORE at 0, RETURN 32 bytes. */
const BLOCK_NUMBER_CODE = '0x4360005260206000f3'

/** @throws {TooManyRoundsError} when the chain is too old for rounds as short as that. */
export async function assertRoundsFit(client: ChainClient, roundLength: bigint): Promise<void> {
  const block = await blockOfContracts(client)
  const round = block / roundLength
  if (round + LEFT <= LAST_ROUND) return
  const needs = block / (LAST_ROUND - LEFT + 1n) + 1n
  throw new TooManyRoundsError({ block, roundLength, round, lastRound: LAST_ROUND, needs })
}

/** The number that contracts see: on Arbitrum that of L1, which no method of the RPC tells. */
export async function blockOfContracts(client: ChainClient): Promise<bigint> {
  const answer = await client.raw('eth_call', [{ data: BLOCK_NUMBER_CODE }, 'latest'])
  if (typeof answer === 'string' && /^0x[0-9a-f]{64}$/i.test(answer)) return BigInt(answer)
  const facts = { endpoint: client.endpoint, method: 'eth_call' }
  throw new RpcFaultError({ ...facts, rpcMessage: 'the number of the block is not one word' })
}
