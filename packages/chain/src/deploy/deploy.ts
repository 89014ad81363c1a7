/** @module Deploys the protocol: contracts, proxies, their names at the Controller, parameters. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { type ContractAddresses, discoverAddresses } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { dependentContracts, independentContracts, stablecoinContracts } from './creations.ts'
import { createContract, Deployer, type Setting, type TransactionSender } from './deployer.ts'
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
 * whose deployment broke off, goes on from there. Independent transactions are sent together: nine blocks in all, and
 * two more for the hand-over. The same account with the same nonce gets the same addresses.
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
    await deployer.configure([
      formerName(deployer, addresses),
      ...protocolSettings({ client, addresses }, params),
    ])
    const stepBack = await establishGovernance(deployer, params)
    const open: Setting = {
      isDone: async () => !(await registry.read('paused', [])),
      call: () => registry.write('unpause', []),
    }
    await deployer.configure([stepBack, open])
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
}

/** The Minter takes deposits and pays withdrawals for the contract under the TicketBroker's former name. */
function formerName(deployer: Deployer, { TicketBroker }: ContractAddresses): Setting {
  return {
    isDone: async () => sameAddress((await deployer.find('JobsManager')) ?? ZERO_ADDRESS, TicketBroker),
    call: () => deployer.registration('JobsManager', TicketBroker),
  }
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
  const registry = new Contract(client, { name: 'Controller', address: at.Controller, abi: controllerAbi })
  const deployer = new Deployer({ client, controller: at.Controller, transactions })
  const isAdmin = () => token.read('hasRole', [admin, transactions.address])
  const isLeft = async () => !(await isAdmin())
  const grant = () => ({
    ...token.write('grantRole', [admin, Governor]),
    what: 'LivepeerToken.grantRole DEFAULT_ADMIN_ROLE to Governor',
  })
  const renounce = () => ({
    ...token.write('renounceRole', [admin, transactions.address]),
    what: 'LivepeerToken.renounceRole DEFAULT_ADMIN_ROLE',
  })
  await deployer.configure([{ isDone: isLeft, call: grant }])
  await deployer.configure([
    { isDone: isLeft, call: renounce },
    {
      isDone: async () => sameAddress(await registry.read('owner', []), Governor),
      call: () => registry.write('transferOwnership', [Governor]),
    },
  ])
}
