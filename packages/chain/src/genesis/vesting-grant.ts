/** @module VestingGrant: the tokens of one member of the team or early developer, paid over time. */
import type { Address } from '@tessera/protocol/address'
import { encodeDeployData } from 'viem'
import { vestingGrantBytecode } from '../abis/bytecode/vesting-grant.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { vestingGrantAbi as abi } from '../abis/vesting-grant.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { Grant } from './allocation.ts'
import { isOtherContract } from './other-contract.ts'

export class VestingGrant {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#client = client
    this.#contract = new Contract(client, { name: 'VestingGrant', address, abi })
  }

  /** The amount is sent to it later. */
  static creation({ beneficiary, startSeconds, cliffSeconds, durationSeconds }: Grant): TransactionCall {
    const args = [beneficiary, BigInt(startSeconds), BigInt(cliffSeconds), BigInt(durationSeconds)] as const
    const data = encodeDeployData({ abi, bytecode: vestingGrantBytecode, args })
    return { data, value: 0n, what: `create VestingGrant of ${beneficiary}` }
  }

  /** The beneficiary, who may name another. */
  owner(): Promise<Address> {
    return this.#contract.read('owner', [])
  }

  /** LPT wei that it holds or has paid. */
  async given(token: Address): Promise<bigint> {
    const erc20 = new Contract(this.#client, { name: 'LivepeerToken', address: token, abi: livepeerTokenAbi })
    const [holds, paid] = await Promise.all([
      erc20.read('balanceOf', [this.address]),
      this.#contract.read('released', [token]),
    ])
    return holds + paid
  }

  /** Whether it vests as this grant does. False for a contract of another kind. */
  async hasTimesOf({ startSeconds, cliffSeconds, durationSeconds }: Grant): Promise<boolean> {
    const found = await Promise.all([
      this.#contract.read('start', []),
      this.#contract.read('cliff', []),
      this.#contract.read('duration', []),
    ]).catch((error: unknown) => {
      if (isOtherContract(error)) return undefined
      throw error
    })
    if (found === undefined) return false
    const [start, cliff, duration] = found.map(Number)
    return start === startSeconds && cliff === startSeconds + cliffSeconds && duration === durationSeconds
  }
}
