/** @module The pool of orchestrators, read in one call. */
import { type Address, address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { concatHex, decodeAbiParameters, encodeAbiParameters } from 'viem'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { poolLensBytecode } from './abis/bytecode/pool-lens.ts'
import type { ChainClient } from './client.ts'
import { Contract } from './contract.ts'
import { RevertedError, RpcFaultError } from './errors.ts'
import type { PoolMember } from './pool-hints.ts'

/** Most stake first: what hints are computed from. */
export type Pool = { readonly members: readonly PoolMember[]; readonly maxSize: bigint }

const ANSWER = [
  {
    type: 'tuple[]',
    components: [
      { name: 'transcoder', type: 'address' },
      { name: 'stake', type: 'uint256' },
    ],
  },
  { type: 'uint256' },
] as const

/**
 * `PoolLens` runs on the node as the creation code of a contract that is never created, and walks there. A node that
 * runs no creation code in `eth_call`, or a pool too large for its answer, is walked from here: a call each member.
 *
 * @throws as `ChainClient.read`.
 */
export async function readPool(client: ChainClient, bondingManager: Address): Promise<Pool> {
  const data = concatHex([poolLensBytecode, encodeAbiParameters([{ type: 'address' }], [bondingManager])])
  try {
    return decoded(await client.raw('eth_call', [{ data }, 'latest']))
  } catch (error) {
    if (error instanceof RpcFaultError || error instanceof RevertedError) return walk(client, bondingManager)
    throw error
  }
}

function decoded(answer: unknown): Pool {
  try {
    // The client has checked that it is hex.
    const [members, maxSize] = decodeAbiParameters(ANSWER, answer as Hex)
    return {
      members: members.map(({ transcoder, stake }) => ({ address: address(transcoder), stake })),
      maxSize,
    }
  } catch (error) {
    throw new RpcFaultError({ endpoint: 'the RPC', method: 'eth_call', rpcMessage: 'no answer' }, error)
  }
}

async function walk(client: ChainClient, bondingManager: Address): Promise<Pool> {
  const contract = new Contract(client, {
    name: 'BondingManager',
    address: bondingManager,
    abi: bondingManagerAbi,
  })
  const [size, maxSize, first] = await Promise.all([
    contract.read('getTranscoderPoolSize', []),
    contract.read('getTranscoderPoolMaxSize', []),
    contract.read('getFirstTranscoderInPool', []),
  ])
  const found: Address[] = []
  // The size bounds the walk even if the list changes under it.
  for (let at = first; !sameAddress(at, ZERO_ADDRESS) && BigInt(found.length) < size; ) {
    found.push(at)
    at = await contract.read('getNextTranscoderInPool', [at])
  }
  const members = found.map(async (member) => ({
    address: member,
    stake: await contract.read('transcoderTotalStake', [member]),
  }))
  return { members: await Promise.all(members), maxSize }
}
