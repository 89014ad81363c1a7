/** @module Minter: inflation, and the vault of bonded LPT and deposited ETH. */
import type { Address } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import { minterAbi as abi } from '../abis/minter.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'

export class Minter {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'Minter', address, abi })
  }

  /** LPT minted in one round, in 10^-9 of the supply. */
  inflation(): Promise<bigint> {
    return this.#contract.read('inflation', [])
  }

  /** What all orchestrators together may mint in the current round. */
  async mintableThisRound(): Promise<Lpt> {
    return lpt(await this.#contract.read('currentMintableTokens', []))
  }

  async mintedThisRound(): Promise<Lpt> {
    return lpt(await this.#contract.read('currentMintedTokens', []))
  }
}
