/** @module Where a search for a contract's events can begin: not at block 0 of a chain that is much older. */
import type { Address } from '@tessera/protocol/address'
import type { ChainClient } from './client.ts'
import { RpcFaultError } from './errors.ts'

/** On shorter chains one query for everything costs less than the look for the first block. */
const WORTH_LOOKING = 50_000n

/**
 * A block with nothing of this contract before it: the one that created it, found by halving (28 calls on a chain of
 * 2^28 blocks). Earlier where the node does not keep old states, at worst 0, because only a block in which the contract
 * was certainly not there is passed over.
 *
 * @throws the RPC's errors, but for refusals to answer about old blocks.
 */
export async function deploymentBlock(client: ChainClient, contract: Address): Promise<bigint> {
  const head = await client.headNumber()
  if (head < WORTH_LOOKING) return 0n
  let [first, last] = [0n, head]
  while (first < last) {
    const middle = (first + last) / 2n
    if (await isAbsent(client, contract, middle)) first = middle + 1n
    else last = middle
  }
  return first
}

async function isAbsent(client: ChainClient, contract: Address, block: bigint): Promise<boolean> {
  try {
    return (await client.raw('eth_getCode', [contract, `0x${block.toString(16)}`])) === '0x'
  } catch (error) {
    if (error instanceof RpcFaultError) return false
    throw error
  }
}
