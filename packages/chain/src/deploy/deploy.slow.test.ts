import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { keccak256, toBytes } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { treasuryAbi } from '../abis/treasury.ts'
import type { ContractAddresses } from '../addresses.ts'
import { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { Anvil } from '../node/anvil.ts'
import { mineAtOnce } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import { deployProtocol } from './deploy.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from './devnet-config.ts'
import { mainnetParams } from './params.ts'

const deployer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0)
const ADMIN_ROLE = `0x${'00'.repeat(32)}` as const
let anvil: Anvil
let client: ChainClient
let addresses: ContractAddresses

beforeAll(async () => {
  anvil = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  client = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
  await mineAtOnce(client)
  await using transactions = await TransactionManager.start(
    { pollMs: 50 },
    {
      client,
      signer: deployer,
      store: new MemoryIntentStore(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    },
  )
  addresses = await deployProtocol(mainnetParams, { client, transactions })
})
afterAll(() => anvil?.close())

test('hands the Controller and the administration of LPT over to the Governor', async () => {
  const controller = new Contract(client, {
    name: 'Controller',
    address: addresses.Controller,
    abi: controllerAbi,
  })
  const token = new Contract(client, {
    name: 'LivepeerToken',
    address: addresses.LivepeerToken,
    abi: livepeerTokenAbi,
  })
  expect(await controller.read('owner', [])).toBe(addresses.Governor)
  expect(await controller.read('paused', [])).toBe(false)
  expect(await token.read('hasRole', [ADMIN_ROLE, addresses.Governor!])).toBe(true)
  expect(await token.read('hasRole', [ADMIN_ROLE, deployer.address])).toBe(false)
})

test('leaves the treasury to the governor of the votes alone', async () => {
  const treasury = new Contract(client, {
    name: 'Treasury',
    address: addresses.Treasury!,
    abi: treasuryAbi,
  })
  for (const role of ['PROPOSER_ROLE', 'EXECUTOR_ROLE', 'CANCELLER_ROLE']) {
    const id = keccak256(toBytes(role))
    expect(await treasury.read('hasRole', [id, addresses.LivepeerGovernor!]), role).toBe(true)
    expect(await treasury.read('hasRole', [id, deployer.address]), role).toBe(false)
  }
  const admin = await treasury.read('TIMELOCK_ADMIN_ROLE', [])
  expect(await treasury.read('hasRole', [admin, deployer.address])).toBe(false)
})
