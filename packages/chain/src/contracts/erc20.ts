/** @module Any ERC-20 token (EIP-20), with the name and the decimals that people know it by. */
import type { Address } from '@tessera/protocol/address'
import { erc20Abi } from 'viem'
import { testStablecoinAbi } from '../abis/test-stablecoin.ts'
import type { ChainClient } from '../client.ts'
import { Contract, type Query } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** Amounts in the token's smallest unit. */
export class Erc20 {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof erc20Abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#client = client
    this.#contract = new Contract(client, { name: 'ERC20', address, abi: erc20Abi })
  }

  /** As the token writes it: any text. */
  symbol(): Promise<string> {
    return this.#contract.read('symbol', [])
  }

  /** Digits after the point, 0 to 255. */
  decimals(): Promise<number> {
    return this.#contract.read('decimals', [])
  }

  balanceOf(account: Address): Promise<bigint> {
    return this.#contract.read('balanceOf', [account])
  }

  balanceQuery(account: Address): Query<bigint> {
    return this.#contract.query('balanceOf', [account])
  }

  allowance(owner: Address, spender: Address): Promise<bigint> {
    return this.#contract.read('allowance', [owner, spender])
  }

  approve(spender: Address, amount: bigint): TransactionCall {
    return this.#contract.write('approve', [spender, amount])
  }

  /** Of a `TestStablecoin` only, by its owner: makes tokens out of nothing. */
  mintTest(to: Address, amount: bigint): TransactionCall {
    const at = { name: 'TestStablecoin', address: this.address, abi: testStablecoinAbi }
    return new Contract(this.#client, at).write('mint', [to, amount])
  }
}
