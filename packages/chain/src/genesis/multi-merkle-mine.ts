/** @module MultiMerkleMine: many shares in one transaction, for those who collect the caller's part. */
import type { Address } from '@tessera/protocol/address'
import { bigintToBytes, concatBytes, fromHex, toHex } from '@tessera/runtime/bytes'
import { multiMerkleMineAbi as abi } from '../abis/multi-merkle-mine.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { Proof } from './tree-file.ts'

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
