/** @module Deploys the protocol: contracts, proxies, their names at the Controller, parameters. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { concatHex, encodeAbiParameters } from 'viem'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { bondingManagerBytecode } from '../abis/bytecode/bonding-manager.ts'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { livepeerTokenBytecode } from '../abis/bytecode/livepeer-token.ts'
import { managerProxyBytecode } from '../abis/bytecode/manager-proxy.ts'
import { minterBytecode } from '../abis/bytecode/minter.ts'
import { rebondsBytecode } from '../abis/bytecode/rebonds.ts'
import { roundsManagerBytecode } from '../abis/bytecode/rounds-manager.ts'
import { serviceRegistryBytecode } from '../abis/bytecode/service-registry.ts'
import { slashingBytecode } from '../abis/bytecode/slashing.ts'
import { termsBytecode } from '../abis/bytecode/terms.ts'
import { ticketBrokerBytecode } from '../abis/bytecode/ticket-broker.ts'
import { controllerAbi } from '../abis/controller.ts'
import { roundsManagerAbi } from '../abis/rounds-manager.ts'
import { ticketBrokerAbi } from '../abis/ticket-broker.ts'
import { type ContractAddresses, contractId, discoverAddresses } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { LivepeerToken } from '../contracts/token.ts'
import type { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { ProtocolParams } from './params.ts'

export type DeployDeps = {
  readonly client: ChainClient
  /** Of the account that will own the Controller. */
  readonly transactions: TransactionManager
}

/** `DEPLOY_NO_ADDRESS`: a creation succeeded without a contract address, which no honest node reports. */
class NoAddressError extends BaseError {
  constructor(facts: { contract: string; transaction: string }) {
    super({ code: 'DEPLOY_NO_ADDRESS', message: `Creating ${facts.contract} gave no address.`, facts })
  }
}

type Deployer = (deps: DeployDeps) => Hex | Promise<Hex>

/** Creation code of what runs behind a proxy, without the constructor's argument. */
const PROXIED: Readonly<Record<string, Deployer>> = {
  BondingManager: linkedBondingManager,
  TicketBroker: () => ticketBrokerBytecode,
  RoundsManager: () => roundsManagerBytecode,
  ServiceRegistry: () => serviceRegistryBytecode,
}

/** The sources are not tied to a commit of a public repository. */
const NO_COMMIT: Hex = `0x${'00'.repeat(20)}`

/**
 * Creates what is missing and opens the system. With the address of a Controller whose deployment broke off, goes on
 * from there. Independent transactions are sent together: about seven blocks in all.
 */
export async function deployProtocol(
  params: ProtocolParams,
  deps: DeployDeps,
  unfinished?: Address,
): Promise<ContractAddresses> {
  const controller = unfinished ?? (await create(deps, 'Controller', controllerBytecode))
  const registry = new Contract(deps.client, { name: 'Controller', address: controller, abi: controllerAbi })
  const missing = await missingNames(registry, [...implementationsOf(controller, params).keys()])
  const implementations = implementationsOf(controller, params)
  await Promise.all(
    missing.map(async (name) => {
      const address = await create(deps, name, await implementations.get(name)!(deps))
      await register(deps, registry, name, address)
    }),
  )
  await aliasJobsManager(deps, registry)
  const addresses = await discoverAddresses(deps.client, controller)
  await configure(deps, addresses, params)
  if (await registry.read('paused', [])) await deps.transactions.execute(registry.write('unpause', []))
  return addresses
}

/** Init code by registered name: implementations under `<Name>Target`, their proxies under `<Name>`. */
function implementationsOf(controller: Address, params: ProtocolParams): ReadonlyMap<string, Deployer> {
  const managers = Object.entries(PROXIED).flatMap(([name, bytecode]): [string, Deployer][] => {
    const targetArguments = encodeAbiParameters([{ type: 'address' }], [controller])
    const proxyArguments = encodeAbiParameters(
      [{ type: 'address' }, { type: 'bytes32' }],
      [controller, contractId(`${name}Target`)],
    )
    return [
      [`${name}Target`, async (deps) => concatHex([await bytecode(deps), targetArguments])],
      [name, () => concatHex([managerProxyBytecode, proxyArguments])],
    ]
  })
  const minterArguments = encodeAbiParameters(
    [{ type: 'address' }, { type: 'uint256' }, { type: 'uint256' }, { type: 'uint256' }],
    [controller, params.inflation, params.inflationChange, params.targetBondingRate],
  )
  return new Map([
    ['LivepeerToken', () => livepeerTokenBytecode],
    ['Minter', () => concatHex([minterBytecode, minterArguments])],
    ...managers,
  ])
}

/** Creates the libraries of the BondingManager. Nothing registers them: a new BondingManager brings its own. */
async function linkedBondingManager(deps: DeployDeps): Promise<Hex> {
  const [Rebonds, Slashing, Terms] = await Promise.all([
    create(deps, 'Rebonds', rebondsBytecode),
    create(deps, 'Slashing', slashingBytecode),
    create(deps, 'Terms', termsBytecode),
  ])
  return bondingManagerBytecode({ Rebonds, Slashing, Terms })
}

async function missingNames(
  registry: Contract<typeof controllerAbi>,
  names: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => registry.read('getContract', [contractId(name)])))
  return names.filter((_, index) => sameAddress(found[index]!, ZERO_ADDRESS))
}

async function create(deps: DeployDeps, contract: string, data: Hex): Promise<Address> {
  const receipt = await deps.transactions.execute({ data, value: 0n, what: `create ${contract}` })
  if (!receipt.contractAddress) throw new NoAddressError({ contract, transaction: receipt.hash })
  return receipt.contractAddress
}

async function register(
  deps: DeployDeps,
  registry: Contract<typeof controllerAbi>,
  name: string,
  address: Address,
): Promise<void> {
  await deps.transactions.execute(registry.write('setContractInfo', [contractId(name), address, NO_COMMIT]))
}

/** The Minter takes deposits and pays withdrawals for the contract under the TicketBroker's former name. */
async function aliasJobsManager(deps: DeployDeps, registry: Contract<typeof controllerAbi>): Promise<void> {
  const broker = await registry.read('getContract', [contractId('TicketBroker')])
  const known = await registry.read('getContract', [contractId('JobsManager')])
  if (!sameAddress(broker, known)) await register(deps, registry, 'JobsManager', broker)
}

async function configure(deps: DeployDeps, at: ContractAddresses, params: ProtocolParams): Promise<void> {
  const { client, transactions } = deps
  const rounds = new Contract(client, {
    name: 'RoundsManager',
    address: at.RoundsManager,
    abi: roundsManagerAbi,
  })
  const bonding = new Contract(client, {
    name: 'BondingManager',
    address: at.BondingManager,
    abi: bondingManagerAbi,
  })
  const broker = new Contract(client, {
    name: 'TicketBroker',
    address: at.TicketBroker,
    abi: ticketBrokerAbi,
  })
  const token = new LivepeerToken(client, at.LivepeerToken)
  const calls: TransactionCall[] = [
    rounds.write('setRoundLockAmount', [params.roundLockAmount]),
    bonding.write('setUnbondingPeriod', [params.unbondingPeriod]),
    bonding.write('setTreasuryRewardCutRate', [params.treasuryRewardCutRate]),
    bonding.write('setTreasuryBalanceCeiling', [params.treasuryBalanceCeiling]),
    broker.write('setUnlockPeriod', [params.unlockPeriod]),
    broker.write('setTicketValidityPeriod', [params.ticketValidityPeriod]),
    token.grantMinterRole(at.Minter),
  ]
  // Round numbers are counted from the block of the first call, and the pool can only grow.
  if ((await rounds.read('roundLength', [])) === 0n)
    calls.push(rounds.write('setRoundLength', [params.roundLength]))
  const poolSize = await bonding.read('getTranscoderPoolMaxSize', [])
  if (poolSize < params.numActiveTranscoders) {
    calls.push(bonding.write('setNumActiveTranscoders', [params.numActiveTranscoders]))
  }
  await Promise.all(calls.map((call) => transactions.execute(call)))
}
