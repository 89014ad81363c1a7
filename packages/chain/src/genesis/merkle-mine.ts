/** @module MerkleMine: equal shares of the genesis for the accounts of a tree. */
import { type Address, sameAddress } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { encodeDeployData } from 'viem'
import { merkleMineBytecode } from '../abis/bytecode/merkle-mine.ts'
import { merkleMineAbi as abi } from '../abis/merkle-mine.ts'
import type { ChainClient } from '../client.ts'
import { Contract, type Query } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { MineTerms } from './report.ts'

/** `GENESIS_OTHER_MINE`: the contract was not created with the values of this report. */
export class OtherMineError extends BaseError {
  constructor(facts: { mine: string; value: string; contract: string; report: string }) {
    super({
      code: 'GENESIS_OTHER_MINE',
      message: `The mine at ${facts.mine} is not that of this report: its ${facts.value} differs.`,
      advice: 'Check the address of the mine, or use the files of the right genesis.',
      facts,
    })
  }
}

/** What becomes of a share that `caller` generates in a block. LPT wei. */
export type Split = { readonly recipient: bigint; readonly caller: bigint }

export class MerkleMine {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'MerkleMine', address, abi })
  }

  /** Creates the mine of a report for a token. The blocks must still lie ahead: genesis <= now < caller period. */
  static creation(token: Address, { tree, mine }: MineTerms): TransactionCall {
    const data = encodeDeployData({
      abi,
      bytecode: merkleMineBytecode,
      args: [
        token,
        tree.root,
        BigInt(mine.totalTokens),
        BigInt(mine.totalRecipients),
        BigInt(mine.balanceThreshold),
        BigInt(mine.genesisBlock),
        BigInt(mine.callerStartBlock),
        BigInt(mine.callerEndBlock),
      ],
    })
    return { data, value: 0n, what: 'create MerkleMine' }
  }

  token(): Promise<Address> {
    return this.#contract.read('token', [])
  }

  started(): Promise<boolean> {
    return this.#contract.read('started', [])
  }

  isGenerated(account: Address): Promise<boolean> {
    return this.#contract.read('generated', [account])
  }

  /** First block in which others can generate a share. */
  callerStartBlock(): Promise<bigint> {
    return this.#contract.read('callerAllocationStartBlock', [])
  }

  /** How a share would be split in `block`. The contract's blocks are L1's. */
  async split(caller: Address, recipient: Address, block: bigint): Promise<Split> {
    const share = await this.#contract.read('tokensPerAllocation', [])
    if (sameAddress(caller, recipient)) return { recipient: share, caller: 0n }
    const part = await this.#contract.read('callerTokenAmountAtBlock', [block])
    return { recipient: share - part, caller: part }
  }

  /** Whether the share was paid, for showing before and after. */
  generatedQuery(account: Address): Query<boolean> {
    return this.#contract.query('generated', [account])
  }

  /** @throws {OtherMineError} unless every value of the contract is that of the report. */
  async checkAgainst({ tree, mine }: MineTerms): Promise<void> {
    const wanted = {
      genesisRoot: tree.root,
      totalGenesisTokens: mine.totalTokens,
      totalGenesisRecipients: String(mine.totalRecipients),
      tokensPerAllocation: mine.tokensPerAllocation,
      balanceThreshold: mine.balanceThreshold,
      genesisBlock: mine.genesisBlock,
      callerAllocationStartBlock: mine.callerStartBlock,
      callerAllocationEndBlock: mine.callerEndBlock,
    } as const
    // The keys are functions of the ABI, as the compiler checks below.
    const names = Object.keys(wanted) as (keyof typeof wanted)[]
    const found = await Promise.all(names.map((name) => this.#contract.read(name, [])))
    for (const [i, value] of names.entries()) {
      const [contract, report] = [String(found[i]), wanted[value]]
      if (contract !== report) throw new OtherMineError({ mine: this.address, value, contract, report })
    }
  }

  /** Opens the mine once it holds its tokens. Anyone. */
  start(): TransactionCall {
    return this.#contract.write('start', [])
  }

  /** @param proof as `Proof.proof`. */
  generate(recipient: Address, proof: Hex): TransactionCall {
    return this.#contract.write('generate', [recipient, proof])
  }
}
