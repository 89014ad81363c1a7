/** @module MultiMerkleMine: many shares in one transaction, for those who collect the caller's part. */
import type { Address } from '@tessera/protocol/address'
import { bigintToBytes, concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { concatHex, getContractAddress } from 'viem'
import { multiMerkleMineBytecode } from '../abis/bytecode/multi-merkle-mine.ts'
import { multiMerkleMineAbi as abi } from '../abis/multi-merkle-mine.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { Proof } from './tree-file.ts'

/**
 * Creates contracts at addresses that depend on their code alone (EIP-1014); the same on nearly all chains, development
 * chains among them. @see https://github.com/Arachnid/deterministic-deployment-proxy
 */
const FACTORY: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
const SALT: Hex = `0x${'00'.repeat(32)}`

/** The one that everybody on a chain can share: it keeps nothing and belongs to nobody. */
export type SharedMultiMine = {
  readonly address: Address
  /** Creates it; absent when it is there. */
  readonly creation?: TransactionCall
}

/** Nothing where the chain has no factory. @throws as `ChainClient.read`. */
export async function sharedMultiMine(client: ChainClient): Promise<SharedMultiMine | undefined> {
  const at = getContractAddress({
    opcode: 'CREATE2',
    from: FACTORY,
    salt: SALT,
    bytecode: multiMerkleMineBytecode,
  })
  if (await client.hasCode(at)) return { address: at }
  if (!(await client.hasCode(FACTORY))) return undefined
  const data = concatHex([SALT, multiMerkleMineBytecode])
  return { address: at, creation: { to: FACTORY, data, value: 0n, what: 'create MultiMerkleMine' } }
}

export class MultiMerkleMine {
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.#contract = new Contract(client, { name: 'MultiMerkleMine', address, abi })
  }

  /** Generates those shares that are still there; the caller's parts come as one transfer. */
  multiGenerate(mine: Address, proofs: readonly Pick<Proof, 'account' | 'proof'>[]): TransactionCall {
    const parts = proofs.flatMap(({ proof }) => {
      const bytes = fromHex(proof)
      return [bigintToBytes(BigInt(bytes.length), 32), bytes]
    })
    const recipients = proofs.map(({ account }) => account)
    return this.#contract.write('multiGenerate', [mine, recipients, toHex(concatBytes(...parts))])
  }
}
