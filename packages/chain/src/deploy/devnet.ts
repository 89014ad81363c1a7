/** @module Brings a development chain into the state the network starts from; safe to run again at any time. */
import { type Address, sameAddress } from '@tessera/protocol/address'
import { type Lpt, type Wei, wei } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { getContractAddress } from 'viem'
import { controllerAbi } from '../abis/controller.ts'
import { discoverAddresses } from '../addresses.ts'
import type { ChainClient } from '../client.ts'
import { contractsAt, type LivepeerContracts } from '../livepeer-contracts.ts'
import { mineAtOnce, mineBlocks, mineByInterval } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import { deployProtocol } from './deploy.ts'
import type { DevnetConfig, DevnetOrchestrator } from './devnet-config.ts'

export type DevnetDeps = {
  readonly client: ChainClient
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export type Devnet = {
  readonly contracts: LivepeerContracts
  readonly controller: Address
  readonly deployer: LocalSigner
  readonly gateway: LocalSigner
  /** In the order of the configuration; all active. */
  readonly orchestrators: readonly LocalSigner[]
  readonly delegator: LocalSigner
}

/**
 * Deploys the protocol unless it is there, bonds the orchestrators and the delegator, registers service URIs, funds
 * the gateway, and opens a round in which all orchestrators are active. Mines at once meanwhile, by the clock after.
 * Needs a development node that nobody else is sending to.
 */
export async function setUpDevnet(config: DevnetConfig, deps: DevnetDeps): Promise<Devnet> {
  await mineAtOnce(deps.client)
  const signer = (index: number) => LocalSigner.fromMnemonic(config.mnemonic, index)
  const accounts = {
    deployer: signer(0),
    gateway: signer(config.gateway.accountIndex),
    orchestrators: config.orchestrators.map(({ accountIndex }) => signer(accountIndex)),
    delegator: signer(config.delegator.accountIndex),
  }
  await using bank = await transactionsOf(accounts.deployer, deps)
  const contracts = await ensureContracts(config, deps, bank)
  const world = new World(config, deps, contracts, bank)
  await world.ensureSupply()
  await world.ensureQuietStart()
  for (const [index, orchestrator] of config.orchestrators.entries()) {
    await world.ensureOrchestrator(orchestrator, accounts.orchestrators[index]!)
  }
  const first = accounts.orchestrators[0]
  if (first) await world.ensureDelegation(accounts.delegator, first.address)
  await world.ensureGateway(accounts.gateway)
  await world.ensureActive(accounts.orchestrators)
  await mineByInterval(deps.client, config.blockSeconds)
  return { contracts, controller: contracts.addresses.Controller, ...accounts }
}

/** Where the Controller is: the first contract that the deployer creates. */
export function devnetController(deployer: Address): Address {
  return getContractAddress({ from: deployer, nonce: 0n })
}

async function ensureContracts(
  config: DevnetConfig,
  deps: DevnetDeps,
  bank: TransactionManager,
): Promise<LivepeerContracts> {
  const { client } = deps
  const controller = devnetController(bank.address)
  const exists = await client.hasCode(controller)
  const isOpen =
    exists &&
    !(await client.read({ abi: controllerAbi, address: controller, functionName: 'paused', args: [] }))
  const addresses = isOpen
    ? await discoverAddresses(client, controller)
    : await deployProtocol(config.params, { client, transactions: bank }, exists ? controller : undefined)
  deps.log.info({ controller, isNew: !isOpen }, 'contracts ready')
  return contractsAt(client, addresses)
}

function transactionsOf(signer: LocalSigner, deps: DevnetDeps): Promise<TransactionManager> {
  return TransactionManager.start({ pollMs: 100 }, { ...deps, signer, store: new MemoryIntentStore() })
}

/** Transactions that one step may need to fit into a round before its locked end. */
const ROOM = 6n
/** Transactions that set an orchestrator up. */
const STEPS = 5n

/** The steps, each of which first looks whether it is done. */
class World {
  readonly #config: DevnetConfig
  readonly #deps: DevnetDeps
  readonly #contracts: LivepeerContracts
  readonly #bank: TransactionManager

  constructor(
    config: DevnetConfig,
    deps: DevnetDeps,
    contracts: LivepeerContracts,
    bank: TransactionManager,
  ) {
    this.#config = config
    this.#deps = deps
    this.#contracts = contracts
    this.#bank = bank
  }

  async ensureSupply(): Promise<void> {
    const { token } = this.#contracts
    if ((await token.totalSupply()) > 0n) return
    await this.#bank.execute(token.grantMinterRole(this.#bank.address))
    await this.#bank.execute(token.mint(this.#bank.address, this.#config.supply))
  }

  /** Without a change of round between them, the first steps need no rewards and always take the same way. */
  async ensureQuietStart(): Promise<void> {
    if ((await this.#contracts.bondingManager.poolSize()) > 0n) return
    await this.#ensureRoom(BigInt(this.#config.orchestrators.length) * STEPS + ROOM)
  }

  async ensureOrchestrator(orchestrator: DevnetOrchestrator, signer: LocalSigner): Promise<void> {
    const { bondingManager, serviceRegistry } = this.#contracts
    const { rewardCut, feeShare, serviceUri, stake } = orchestrator
    await using transactions = await transactionsOf(signer, this.#deps)
    if ((await serviceRegistry.serviceUri(signer.address)) !== serviceUri) {
      await transactions.execute(serviceRegistry.setServiceUri(serviceUri))
    }
    await this.#ensureBonded(transactions, signer.address, stake)
    const known = await bondingManager.orchestrator(signer.address)
    if (known.rewardCut === rewardCut && known.feeShare === feeShare) return
    await this.#ensureRoom()
    await this.#ensureRewarded(transactions)
    await transactions.execute(bondingManager.setCommission({ rewardCut, feeShare }))
  }

  /** An active orchestrator may change its commission only after it called reward. */
  async #ensureRewarded(transactions: TransactionManager): Promise<void> {
    const { bondingManager, roundsManager } = this.#contracts
    const { isActive, lastRewardRound } = await bondingManager.orchestrator(transactions.address)
    if (!isActive || lastRewardRound === (await roundsManager.currentRound())) return
    await transactions.execute(bondingManager.reward())
  }

  async ensureDelegation(delegator: LocalSigner, to: Address): Promise<void> {
    await using transactions = await transactionsOf(delegator, this.#deps)
    await this.#ensureBonded(transactions, to, this.#config.delegator.stake)
  }

  async ensureGateway(gateway: LocalSigner): Promise<void> {
    const { ticketBroker } = this.#contracts
    const wanted = this.#config.gateway
    const info = await ticketBroker.senderInfo(gateway.address)
    const deposit = missing(info.deposit, wanted.deposit)
    const reserve = missing(info.reserve, wanted.reserve)
    if (deposit + reserve === 0n && info.withdrawRound === 0n) return
    await using transactions = await transactionsOf(gateway, this.#deps)
    await transactions.execute(ticketBroker.fundDepositAndReserve(deposit, reserve))
  }

  /** Bonded orchestrators become active with the next round. */
  async ensureActive(orchestrators: readonly LocalSigner[]): Promise<void> {
    const { bondingManager } = this.#contracts
    const active = await Promise.all(orchestrators.map(({ address }) => bondingManager.isActive(address)))
    if (active.every(Boolean)) return this.#ensureRoom()
    await this.#startNextRound()
  }

  async #ensureBonded(transactions: TransactionManager, to: Address, stake: Lpt): Promise<void> {
    const { bondingManager, token } = this.#contracts
    const { bonded, delegate } = await bondingManager.delegator(transactions.address)
    if (bonded > 0n && sameAddress(delegate, to)) return
    await Promise.all([
      this.#bank.execute(token.transfer(transactions.address, stake)),
      transactions.execute(token.approve(bondingManager.address, stake)),
    ])
    await this.#ensureRoom()
    await transactions.execute(bondingManager.bond(stake, to))
  }

  /** An initialised round whose open part has room for some blocks more: here every transaction takes a block. */
  async #ensureRoom(room = ROOM): Promise<void> {
    const { roundsManager } = this.#contracts
    const { roundLength, roundLockAmount } = this.#config.params
    const [start, now, current, initialized] = await Promise.all([
      roundsManager.currentRoundStartBlock(),
      roundsManager.l1Block(),
      roundsManager.currentRound(),
      roundsManager.lastInitializedRound(),
    ])
    const lockedFrom = start + roundLength - (roundLength * roundLockAmount) / 1_000_000n
    if (now + room >= lockedFrom) return this.#startNextRound()
    if (initialized < current) await this.#bank.execute(roundsManager.initializeRound())
  }

  async #startNextRound(): Promise<void> {
    const { roundsManager } = this.#contracts
    const [start, now] = await Promise.all([roundsManager.currentRoundStartBlock(), roundsManager.l1Block()])
    const next = start + this.#config.params.roundLength
    await mineBlocks(this.#deps.client, Number(next - now))
    await this.#bank.execute(roundsManager.initializeRound())
  }
}

function missing(has: Wei, wanted: Wei): Wei {
  // Half is plenty: a running network need not be topped up at each start.
  return has * 2n >= wanted ? wei(0n) : wei(wanted - has)
}
