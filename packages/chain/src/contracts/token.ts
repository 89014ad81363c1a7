/** @module LivepeerToken (LPT), an ERC-20. */
import type { Address } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import { keccak256, toBytes } from 'viem'
import { livepeerTokenAbi as abi } from '../abis/livepeer-token.ts'
import type { ChainClient } from '../client.ts'
import { Contract, type Query } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'

export class LivepeerToken {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'LivepeerToken', address, abi })
  }

  async balanceOf(account: Address): Promise<Lpt> {
    return lpt(await this.#contract.read('balanceOf', [account]))
  }

  balanceQuery(account: Address): Query<bigint> {
    return this.#contract.query('balanceOf', [account])
  }

  async allowance(owner: Address, spender: Address): Promise<Lpt> {
    return lpt(await this.#contract.read('allowance', [owner, spender]))
  }

  async totalSupply(): Promise<Lpt> {
    return lpt(await this.#contract.read('totalSupply', []))
  }

  approve(spender: Address, amount: Lpt): TransactionCall {
    return this.#contract.write('approve', [spender, amount])
  }

  transfer(to: Address, amount: Lpt): TransactionCall {
    return this.#contract.write('transfer', [to, amount])
  }

  /** Only for holders of the minter role. */
  mint(to: Address, amount: Lpt): TransactionCall {
    return this.#contract.write('mint', [to, amount])
  }

  /** Lets `account` mint. Only for the token's admin. */
  grantMinterRole(account: Address): TransactionCall {
    return this.#contract.write('grantRole', [keccak256(toBytes('MINTER_ROLE')), account])
  }
}
