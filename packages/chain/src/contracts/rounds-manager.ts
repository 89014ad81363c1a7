/** @module RoundsManager: the clock of the protocol, counted in L1 blocks. */
import type { Address } from '@tessera/protocol/address'
import { type BlockNumber, blockNumber, type Round, round } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { roundsManagerAbi as abi } from '../abis/rounds-manager.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** `atBlock` of each read: state after that block of this chain; the newest when absent. */
export class RoundsManager {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'RoundsManager', address, abi })
  }

  async currentRound(atBlock?: bigint): Promise<Round> {
    return round(await this.#contract.read('currentRound', [], atBlock))
  }

  async lastInitializedRound(atBlock?: bigint): Promise<Round> {
    return round(await this.#contract.read('lastInitializedRound', [], atBlock))
  }

  async currentRoundStartBlock(atBlock?: bigint): Promise<BlockNumber> {
    return blockNumber(await this.#contract.read('currentRoundStartBlock', [], atBlock))
  }

  /** In the last part of a round commissions cannot be changed. */
  currentRoundLocked(atBlock?: bigint): Promise<boolean> {
    return this.#contract.read('currentRoundLocked', [], atBlock)
  }

  /** In L1 blocks. */
  roundLength(atBlock?: bigint): Promise<bigint> {
    return this.#contract.read('roundLength', [], atBlock)
  }

  /** 32 zero bytes when the round was never initialised. */
  blockHashForRound(value: Round, atBlock?: bigint): Promise<Hex> {
    return this.#contract.read('blockHashForRound', [value], atBlock)
  }

  /** The L1 block as contracts see it: on Arbitrum an estimate that trails L1, elsewhere the block itself. */
  async l1Block(atBlock?: bigint): Promise<BlockNumber> {
    return blockNumber(await this.#contract.read('blockNum', [], atBlock))
  }

  /** Opens the current round; refused with `round already initialized` when someone was first. */
  initializeRound(): TransactionCall {
    return this.#contract.write('initializeRound', [])
  }
}
