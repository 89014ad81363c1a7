/** @module Creates contracts and registers them at a Controller, doing only what is not done yet. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { controllerAbi } from '../abis/controller.ts'
import { contractId, registered } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** A step of a configuration, left out when it is done. */
export type Setting = { readonly isDone: () => Promise<boolean>; readonly call: () => TransactionCall }

/** Creation code with its arguments; a function when other contracts must be created before. */
export type InitCode = Hex | ((deployer: Deployer) => Promise<Hex>)

/** The sources are not tied to a commit of a public repository. */
const NO_COMMIT: Hex = `0x${'00'.repeat(20)}`

/** `DEPLOY_NO_ADDRESS`: a creation succeeded without a contract address, which no honest node reports. */
class NoAddressError extends BaseError {
  constructor(facts: { contract: string; transaction: string }) {
    super({ code: 'DEPLOY_NO_ADDRESS', message: `Creating ${facts.contract} gave no address.`, facts })
  }
}

/** The owner of one chain's Controller at work. */
export class Deployer {
  readonly client: ChainClient
  readonly controller: Address
  readonly transactions: TransactionManager
  readonly #registry: Contract<typeof controllerAbi>

  constructor(end: {
    readonly client: ChainClient
    readonly controller: Address
    readonly transactions: TransactionManager
  }) {
    this.client = end.client
    this.controller = end.controller
    this.transactions = end.transactions
    this.#registry = new Contract(end.client, {
      name: 'Controller',
      address: end.controller,
      abi: controllerAbi,
    })
  }

  /** The contract registered under `name`, created from `initCode` when there is none. */
  async ensure(name: string, initCode: InitCode): Promise<Address> {
    const known = await registered(this, name)
    if (known !== undefined) return known
    const code = typeof initCode === 'string' ? initCode : await initCode(this)
    const address = await createContract(this.transactions, name, code)
    await this.register(name, address)
    return address
  }

  async register(name: string, address: Address): Promise<void> {
    const call = this.#registry.write('setContractInfo', [contractId(name), address, NO_COMMIT])
    await this.transactions.execute(call)
  }

  /** All that are not done, side by side. */
  async configure(settings: readonly Setting[]): Promise<void> {
    await Promise.all(
      settings.map(async ({ isDone, call }) => {
        if (!(await isDone())) await this.transactions.execute(call())
      }),
    )
  }
}

export async function createContract(
  transactions: TransactionManager,
  contract: string,
  initCode: Hex,
): Promise<Address> {
  const receipt = await transactions.execute({ data: initCode, value: 0n, what: `create ${contract}` })
  if (!receipt.contractAddress) throw new NoAddressError({ contract, transaction: receipt.hash })
  return receipt.contractAddress
}
