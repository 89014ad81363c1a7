/** @module The bridge of the development network: an L1 beside its chain. Safe to run again at any time. */
import { type Lpt, lpt } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { keccak256, toBytes } from 'viem'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { createContract, Deployer } from '../deploy/deployer.ts'
import { devnetController } from '../deploy/devnet.ts'
import { mineAtOnce, mineByInterval } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import type { BridgeAddresses } from './addresses.ts'
import { deployBridge } from './deploy.ts'

/** Chain id of local L1s of the Arbitrum family. */
export const DEVNET_L1_CHAIN_ID = 1337

/** Of the relayer under the public development mnemonic. */
export const RELAYER_ACCOUNT_INDEX = 9

export type DevnetBridgeConfig = {
  readonly mnemonic: string
  readonly blockSeconds: number
  readonly challengeSeconds: number
  /** LPT on L1 at the start, of account 0. */
  readonly l1Supply: Lpt
}

export type DevnetBridgeDeps = {
  readonly l1: ChainClient
  /** Has the protocol. */
  readonly l2: ChainClient
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** A withdrawal takes a quarter of a minute, not a week. */
export function devnetBridgeConfig(mnemonic: string): DevnetBridgeConfig {
  return { mnemonic, blockSeconds: 1, challengeSeconds: 15, l1Supply: lpt(1_000_000n * 10n ** 18n) }
}

/** Deploys both ends unless they are there. Mines at once meanwhile, by the clock after. */
export async function setUpDevnetBridge(
  config: DevnetBridgeConfig,
  deps: DevnetBridgeDeps,
): Promise<BridgeAddresses> {
  const signer = LocalSigner.fromMnemonic(config.mnemonic, 0)
  const relayer = LocalSigner.fromMnemonic(config.mnemonic, RELAYER_ACCOUNT_INDEX).address
  const controller = devnetController(signer.address)
  await Promise.all([mineAtOnce(deps.l1), mineAtOnce(deps.l2)])
  await using l1 = await managerOf(deps.l1, signer, deps)
  await using l2 = await managerOf(deps.l2, signer, deps)
  if (!(await deps.l1.hasCode(controller))) await createContract(l1, 'Controller', controllerBytecode)
  const addresses = await deployBridge(
    { relayer, challengeSeconds: config.challengeSeconds },
    {
      l1: new Deployer({ client: deps.l1, controller, transactions: l1 }),
      l2: new Deployer({ client: deps.l2, controller, transactions: l2 }),
    },
  )
  await ensureL1Supply(config, addresses, { client: deps.l1, transactions: l1 })
  await Promise.all([deps.l1, deps.l2].map((client) => mineByInterval(client, config.blockSeconds)))
  deps.log.info({ controller }, 'bridge ready')
  return addresses
}

/** Mints once, and gives the right to do so back: only contracts keep it. */
async function ensureL1Supply(
  config: DevnetBridgeConfig,
  { l1: at }: BridgeAddresses,
  l1: { readonly client: ChainClient; readonly transactions: TransactionManager },
): Promise<void> {
  const token = new Contract(l1.client, {
    name: 'LivepeerToken',
    address: at.LivepeerToken,
    abi: livepeerTokenAbi,
  })
  const role = keccak256(toBytes('MINTER_ROLE'))
  const self = l1.transactions.address
  if ((await token.read('totalSupply', [])) === 0n) {
    await l1.transactions.execute(token.write('grantRole', [role, self]))
    await l1.transactions.execute(token.write('mint', [self, config.l1Supply]))
  }
  if (!(await token.read('hasRole', [role, self]))) return
  await l1.transactions.execute(token.write('renounceRole', [role, self]))
}

function managerOf(
  client: ChainClient,
  signer: LocalSigner,
  deps: DevnetBridgeDeps,
): Promise<TransactionManager> {
  const { clock, random, log } = deps
  return TransactionManager.start(
    { pollMs: 100 },
    { client, signer, store: new MemoryIntentStore(), clock, random, log },
  )
}
