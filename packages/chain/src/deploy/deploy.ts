/** @module Deploys the protocol: contracts, proxies, their names at the Controller, parameters. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { pollCreatorBytecode } from '../abis/bytecode/poll-creator.ts'
import { stablecoinTicketBrokerBytecode } from '../abis/bytecode/stablecoin-ticket-broker.ts'
import { testStablecoinBytecode } from '../abis/bytecode/test-stablecoin.ts'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { type ContractAddresses, discoverAddresses, registered } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionManager } from '../node/transaction-manager.ts'
import { behindProxy, creations, withWords } from './creations.ts'
import { createContract, Deployer } from './deployer.ts'
import type { ProtocolParams } from './params.ts'
import { governanceSettings, protocolSettings } from './settings.ts'

export type DeployDeps = {
  readonly client: ChainClient
  /** Of the account that will own the Controller. */
  readonly transactions: TransactionManager
}

/**
 * Creates what is missing and opens the system. With the address of a Controller whose deployment broke off, goes on
 * from there. Independent transactions are sent together: about nine blocks in all.
 */
export async function deployProtocol(
  params: ProtocolParams,
  deps: DeployDeps,
  unfinished?: Address,
): Promise<ContractAddresses> {
  const { client, transactions } = deps
  const controller = unfinished ?? (await createContract(transactions, 'Controller', controllerBytecode))
  const deployer = new Deployer({ client, controller, transactions })
  await createAll(deployer, params)
  const addresses = await discoverAddresses(client, controller)
  await deployer.configure(protocolSettings({ client, addresses }, params))
  await deployer.configure(governanceSettings({ client, addresses }, params))
  const registry = new Contract(client, { name: 'Controller', address: controller, abi: controllerAbi })
  if (await registry.read('paused', [])) await transactions.execute(registry.write('unpause', []))
  if (params.controllerOwner === 'governor') await handOver(deps, addresses)
  return addresses
}

/** Side by side, but for the few that must know the address of another. */
async function createAll(deployer: Deployer, params: ProtocolParams): Promise<void> {
  const created = new Map(
    [...creations(deployer.controller, params)].map(([name, code]) => [name, deployer.ensure(name, code)]),
  )
  const pollCreator = async () =>
    deployer.ensure('PollCreator', withWords(pollCreatorBytecode, [await created.get('BondingManager')!]))
  const jobsManager = async () => aliasJobsManager(deployer, await created.get('TicketBroker')!)
  const stablecoin = params.stablecoin === 'test' ? createTestStablecoin(deployer) : []
  await Promise.all([...created.values(), pollCreator(), jobsManager(), ...stablecoin])
}

/** A dollar that the deployer can mint, and the broker for it. */
function createTestStablecoin(deployer: Deployer): readonly Promise<Address>[] {
  const { controller, transactions } = deployer
  const token = deployer.ensure('TestStablecoin', withWords(testStablecoinBytecode, [transactions.address]))
  const implementation = async () => withWords(stablecoinTicketBrokerBytecode, [controller, await token])
  const broker = behindProxy(controller, 'StablecoinTicketBroker', implementation)
  return [token, ...broker.map(([name, code]) => deployer.ensure(name, code))]
}

/** The Minter takes deposits and pays withdrawals for the contract under the TicketBroker's former name. */
async function aliasJobsManager(deployer: Deployer, broker: Address): Promise<void> {
  const known = await registered(deployer, 'JobsManager')
  if (known === undefined || !sameAddress(broker, known)) await deployer.register('JobsManager', broker)
}

/**
 * Leaves the deployer without power: changes of the protocol then have to be staged at the Governor, whose owner the
 * deployer still is. The administration of LPT's roles goes first, the Controller last, so that it can be resumed.
 */
async function handOver({ client, transactions }: DeployDeps, at: ContractAddresses): Promise<void> {
  const { Governor = ZERO_ADDRESS } = at
  const token = new Contract(client, {
    name: 'LivepeerToken',
    address: at.LivepeerToken,
    abi: livepeerTokenAbi,
  })
  const admin = await token.read('DEFAULT_ADMIN_ROLE', [])
  if (await token.read('hasRole', [admin, transactions.address])) {
    await transactions.execute(token.write('grantRole', [admin, Governor]))
    await transactions.execute(token.write('renounceRole', [admin, transactions.address]))
  }
  const registry = new Contract(client, { name: 'Controller', address: at.Controller, abi: controllerAbi })
  if (sameAddress(await registry.read('owner', []), Governor)) return
  await transactions.execute(registry.write('transferOwnership', [Governor]))
}
