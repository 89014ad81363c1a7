import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { controllerBytecode } from '../abis/bytecode/controller.ts'
import { treasuryBytecode } from '../abis/bytecode/treasury.ts'
import { controllerAbi } from '../abis/controller.ts'
import { livepeerGovernorAbi } from '../abis/livepeer-governor.ts'
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
import { createContract, Deployer } from './deployer.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from './devnet-config.ts'
import { devnetParams } from './params.ts'

const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const signer = (index: number) => LocalSigner.fromMnemonic(DEVNET_MNEMONIC, index)
let anvil: Anvil | undefined
let client: ChainClient
let owner: TransactionManager
let stranger: TransactionManager

beforeEach(async () => {
  await anvil?.close()
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  await mineAtOnce(client)
  owner = await managerOf(0)
  stranger = await managerOf(1)
  return async () => {
    await owner.close()
    await stranger.close()
  }
})
afterAll(() => anvil?.close())

function managerOf(index: number): Promise<TransactionManager> {
  return TransactionManager.start(
    { pollMs: 20 },
    { ...deps, client, signer: signer(index), store: new MemoryIntentStore() },
  )
}

const deploy = (transactions = owner, params = devnetParams, unfinished?: ContractAddresses['Controller']) =>
  deployProtocol(params, { client, transactions }, unfinished)

function controllerAt(address: ContractAddresses['Controller']): Contract<typeof controllerAbi> {
  return new Contract(client, { name: 'Controller', address, abi: controllerAbi })
}

test('treasury and governor are set up by the transactions that create them, so that nobody can be faster', async () => {
  const addresses = await deploy()
  for (const address of [addresses.Treasury!, addresses.LivepeerGovernor!]) {
    const [initialized, ...more] = await client.viem.getContractEvents({
      address,
      abi: livepeerGovernorAbi,
      eventName: 'Initialized',
      fromBlock: 0n,
    })
    expect(more).toEqual([])
    const { blockNumber, transactionHash } = initialized!
    const { to } = await client.viem.getTransaction({ hash: transactionHash })
    expect(to).toBeNull()
    expect(await client.viem.getCode({ address, blockNumber: blockNumber - 1n })).toBeUndefined()
  }
})

test('a treasury that a stranger set up is refused', async () => {
  const controller = await createContract(owner, 'Controller', controllerBytecode)
  const at = await createContract(owner, 'Treasury', treasuryBytecode)
  const treasury = new Contract(client, { name: 'Treasury', address: at, abi: treasuryAbi })
  await stranger.execute(treasury.write('initialize', [0n, [stranger.address], [], stranger.address]))
  await new Deployer({ client, controller, transactions: owner }).register('Treasury', at)
  await expect(deploy(owner, devnetParams, controller)).rejects.toMatchObject({
    code: 'DEPLOY_TAKEN_OVER',
    facts: { contract: 'Treasury', address: at },
  })
  expect(await controllerAt(controller).read('paused', [])).toBe(true)
})

test('a governor with other values than those of the parameters is refused', async () => {
  const { Controller } = await deploy()
  await owner.execute(controllerAt(Controller).write('pause', []))
  const governance = { ...devnetParams.governance, votingPeriod: 6n }
  await expect(deploy(owner, { ...devnetParams, governance }, Controller)).rejects.toMatchObject({
    code: 'DEPLOY_TAKEN_OVER',
    facts: { contract: 'LivepeerGovernor', value: 'votingPeriod', found: '5', wanted: '6' },
  })
})

test('the Controller of another account is refused before anything is sent', async () => {
  const controller = await createContract(owner, 'Controller', controllerBytecode)
  await expect(deploy(stranger, devnetParams, controller)).rejects.toMatchObject({ code: 'DEPLOY_NOT_OWNER' })
  expect(await client.viem.getTransactionCount({ address: stranger.address })).toBe(0)
})

test('what is open is left as it is, by whomever it is deployed again', async () => {
  const first = await deploy()
  const block = await client.headNumber()
  expect(await deploy(stranger, { ...devnetParams, roundLength: 77n }, first.Controller)).toEqual(first)
  expect(await client.headNumber()).toBe(block)
})
