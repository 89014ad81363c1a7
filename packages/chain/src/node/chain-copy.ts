/** @module A copy of a chain on this machine, to try out what a lot of transactions would do and cost. */
import type { Address } from '@tessera/protocol/address'
import type { Clock } from '@tessera/runtime/clock'
import { numberToHex } from 'viem'
import { ChainClient } from '../client.ts'
import { Anvil } from './anvil.ts'
import { mineAtOnce } from './dev-chain.ts'
import { ReadingDoor } from './reading-door.ts'

/** Of a phrase that owns nothing here: the copy needs one. */
const NOBODY = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'

/**
 * Begins with the newest state and takes transactions of its own, each in a block at once. It has the chain's id, so it
 * takes what is signed for the chain; nothing goes from it to the chain.
 */
export class ChainCopy implements AsyncDisposable {
  readonly client: ChainClient
  readonly #anvil: Anvil
  readonly #door: ReadingDoor

  private constructor(client: ChainClient, anvil: Anvil, door: ReadingDoor) {
    this.client = client
    this.#anvil = anvil
    this.#door = door
  }

  /** Takes about a second. @throws {AnvilMissingError | AnvilEndedError} and as `ChainClient.connect`. */
  static async start(original: ChainClient, deps: { readonly clock: Clock }): Promise<ChainCopy> {
    const door = await ReadingDoor.open(original)
    let anvil: Anvil | undefined
    try {
      const config = { port: 0, chainId: original.chainId, mnemonic: NOBODY, forkUrl: door.url }
      anvil = await Anvil.start(config, deps)
      const client = await ChainClient.connect({ url: anvil.url, chainId: original.chainId }, deps)
      await mineAtOnce(client)
      return new ChainCopy(client, anvil, door)
    } catch (error) {
      await anvil?.close()
      await door[Symbol.asyncDispose]()
      throw error
    }
  }

  /** @param amount Wei that the account has on the copy. */
  async setBalance(account: Address, amount: bigint): Promise<void> {
    await this.client.raw('anvil_setBalance', [account, numberToHex(amount)])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#anvil.close()
    await this.#door[Symbol.asyncDispose]()
  }
}
