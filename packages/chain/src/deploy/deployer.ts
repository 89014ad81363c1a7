/** @module Creates contracts and registers them at a Controller, doing only what is not done yet. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { encodeDeployData, getContractAddress } from 'viem'
import { createAndCallBytecode } from '../abis/bytecode/create-and-call.ts'
import { controllerAbi } from '../abis/controller.ts'
import { createAndCallAbi } from '../abis/create-and-call.ts'
import { contractId, registered } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { ContractMissingError } from '../errors.ts'
import type { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { NoAddressError } from './errors.ts'

/** The account that deploys. Its transactions must be mined in the order of the calls, as a manager's are. */
export type TransactionSender = Pick<TransactionManager, 'address' | 'execute'>

/** A step of a configuration, left out when it is done. */
export type Setting = { readonly isDone: () => Promise<boolean>; readonly call: () => TransactionCall }

/** The address of a contract that an earlier wave created, or that was there. */
export type AddressOf = (name: string) => Address

/** A contract and the name under which the Controller knows it. */
export type Creation = {
  readonly name: string
  /** Creation code with its arguments. */
  readonly initCode: Hex | ((addressOf: AddressOf) => Hex)
  /** Made in the same transaction, for contracts that their first caller sets up: nobody can be faster. */
  readonly firstCall?: Hex
  /** The contract that this library is linked into. Nothing registers the library: a new contract brings its own. */
  readonly linkedInto?: string
}

/** The sources are not tied to a commit of a public repository. */
const NO_COMMIT: Hex = `0x${'00'.repeat(20)}`

/** The owner of one chain's Controller at work. */
export class Deployer {
  readonly client: ChainClient
  readonly controller: Address
  readonly transactions: TransactionSender
  readonly #registry: Contract<typeof controllerAbi>

  constructor(end: {
    readonly client: ChainClient
    readonly controller: Address
    readonly transactions: TransactionSender
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
  async ensure(name: string, initCode: Hex): Promise<Address> {
    return (await this.ensureAll([{ name, initCode }]))(name)
  }

  /**
   * Creates what is not registered, one wave after another and all of a wave side by side. A wave may use the addresses
   * of those before it, and is created while those are registered. Nonces follow the order of the lists, not that of the
   * node's answers, so that a fresh deployment gives the same addresses each time.
   */
  async ensureAll(...waves: readonly (readonly Creation[])[]): Promise<AddressOf> {
    const known = await this.#lookUp(waves.flat().map(({ name, linkedInto }) => linkedInto ?? name))
    const addressOf: AddressOf = (name) => {
      const found = known.get(name)
      if (found === undefined) throw new ContractMissingError({ contract: name })
      return found
    }
    let unregistered: readonly Creation[] = []
    for (const wave of [...waves, []]) {
      const missing = wave.filter(({ name, linkedInto }) => !known.has(linkedInto ?? name))
      const [created] = await Promise.all([
        Promise.all(missing.map((creation) => this.#create(creation, addressOf))),
        Promise.all(unregistered.map(({ name }) => this.register(name, addressOf(name)))),
      ])
      for (const [i, { name }] of missing.entries()) known.set(name, created[i]!)
      unregistered = missing.filter(({ linkedInto }) => linkedInto === undefined)
    }
    return addressOf
  }

  /** Nothing when the Controller does not know the name. */
  find(name: string): Promise<Address | undefined> {
    return registered(this, name)
  }

  async register(name: string, address: Address): Promise<void> {
    await this.transactions.execute(this.registration(name, address))
  }

  registration(name: string, address: Address): TransactionCall {
    const call = this.#registry.write('setContractInfo', [contractId(name), address, NO_COMMIT])
    return { ...call, what: `register ${name}` }
  }

  /** All that are not done, side by side, with nonces in the order of the list. */
  async configure(settings: readonly Setting[]): Promise<void> {
    const done = await Promise.all(settings.map(({ isDone }) => isDone()))
    const missing = settings.filter((_, i) => !done[i])
    await Promise.all(missing.map(({ call }) => this.transactions.execute(call())))
  }

  #create({ name, initCode, firstCall }: Creation, addressOf: AddressOf): Promise<Address> {
    const code = typeof initCode === 'string' ? initCode : initCode(addressOf)
    if (firstCall === undefined) return createContract(this.transactions, name, code)
    return createAndCall(this.transactions, name, { initCode: code, call: firstCall })
  }

  async #lookUp(names: readonly string[]): Promise<Map<string, Address>> {
    const found = await Promise.all(names.map(async (name) => [name, await this.find(name)] as const))
    return new Map(found.flatMap(([name, address]) => (address === undefined ? [] : [[name, address]])))
  }
}

export async function createContract(
  transactions: TransactionSender,
  contract: string,
  initCode: Hex,
): Promise<Address> {
  const receipt = await transactions.execute({ data: initCode, value: 0n, what: `create ${contract}` })
  if (!receipt.contractAddress) throw new NoAddressError({ contract, transaction: receipt.hash })
  return receipt.contractAddress
}

async function createAndCall(
  transactions: TransactionSender,
  contract: string,
  { initCode, call }: { readonly initCode: Hex; readonly call: Hex },
): Promise<Address> {
  const args = [initCode, call] as const
  const code = encodeDeployData({ abi: createAndCallAbi, bytecode: createAndCallBytecode, args })
  const helper = await createContract(transactions, contract, code)
  // Contracts count their creations from 1 (EIP-161).
  return getContractAddress({ from: helper, nonce: 1n })
}
