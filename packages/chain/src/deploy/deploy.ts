/** @module Deploys the protocol: contracts, proxies, their names at the Controller, parameters. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { type ContractAddresses, discoverAddresses } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { dependentContracts, independentContracts, stablecoinContracts } from './creations.ts'
import { createContract, Deployer, type TransactionSender } from './deployer.ts'
import { NotOwnerError } from './errors.ts'
import { establishGovernance, treasuryCreation } from './governance.ts'
import type { ProtocolParams } from './params.ts'
import { assertRoundsFit } from './rounds-fit.ts'
import { protocolSettings } from './settings.ts'

export type DeployDeps = {
  readonly client: ChainClient
  /** Of the account that will own the Controller. */
  readonly transactions: TransactionSender
}

/**
 * Creates what is missing and opens the system; what is open already is left as it is. With the address of a Controller
 * whose deployment broke off, goes on from there. Independent transactions are sent together: eight blocks in all, and
 * three more for the hand-over. The same account with the same nonce gets the same addresses.
 *
 * @throws {TooManyRoundsError | NotOwnerError | TakenOverError} and as `TransactionSender.execute`.
 */
export async function deployProtocol(
  params: ProtocolParams,
  deps: DeployDeps,
  unfinished?: Address,
): Promise<ContractAddresses> {
  const { client, transactions } = deps
  if (unfinished === undefined) await assertRoundsFit(client, params.roundLength)
  const controller = unfinished ?? (await createContract(transactions, 'Controller', controllerBytecode))
  const registry = new Contract(client, { name: 'Controller', address: controller, abi: controllerAbi })
  if (await registry.read('paused', [])) {
    await assertOwner(deps, controller)
    const deployer = new Deployer({ client, controller, transactions })
    await createAll(deployer, params)
    const addresses = await discoverAddresses(client, controller)
    await deployer.configure(protocolSettings({ client, addresses }, params))
    await establishGovernance(deployer, params)
    await transactions.execute(registry.write('unpause', []))
  }
  const addresses = await discoverAddresses(client, controller)
  if (params.controllerOwner === 'governor') await handOver(deps, addresses)
  return addresses
}

async function assertOwner({ client, transactions }: DeployDeps, controller: Address): Promise<void> {
  const registry = new Contract(client, { name: 'Controller', address: controller, abi: controllerAbi })
  const [owner, account] = [await registry.read('owner', []), transactions.address]
  if (!sameAddress(owner, account)) throw new NotOwnerError({ controller, owner, account })
}

async function createAll(deployer: Deployer, params: ProtocolParams): Promise<void> {
  const { controller, transactions } = deployer
  const hasStablecoin = params.stablecoin === 'test'
  const { token, broker } = stablecoinContracts(controller, transactions.address)
  await deployer.ensureAll(
    [
      ...independentContracts(controller, params),
      treasuryCreation(transactions.address, params),
      ...(hasStablecoin ? token : []),
    ],
    [...dependentContracts(controller), ...(hasStablecoin ? broker : [])],
  )
  await aliasJobsManager(deployer)
}

/** The Minter takes deposits and pays withdrawals for the contract under the TicketBroker's former name. */
async function aliasJobsManager(deployer: Deployer): Promise<void> {
  const [broker = ZERO_ADDRESS, known] = await Promise.all(
    ['TicketBroker', 'JobsManager'].map((name) => deployer.find(name)),
  )
  if (known === undefined || !sameAddress(broker, known)) await deployer.register('JobsManager', broker)
}

/**
 * Leaves the deployer without power: changes of the protocol then have to be staged at the Governor, whose owner the
 * deployer still is. The administration of LPT's roles goes first, the Controller last, so that it can be resumed.
 */
export async function handOver({ client, transactions }: DeployDeps, at: ContractAddresses): Promise<void> {
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
