import { lpt } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { type Log, silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { l1LPTGatewayAbi } from '../abis/l1-lptgateway.ts'
import { l2LPTDataCacheAbi } from '../abis/l2-lptdata-cache.ts'
import { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { Deployer } from '../deploy/deployer.ts'
import { devnetController, setUpDevnet } from '../deploy/devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '../deploy/devnet-config.ts'
import { Anvil } from '../node/anvil.ts'
import { mineAtOnce, mineBlocks, reorganise } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { type BridgeAddresses, findBridge } from './addresses.ts'
import { DEVNET_L1_CHAIN_ID, devnetBridgeConfig, RELAYER_ACCOUNT_INDEX, setUpDevnetBridge } from './devnet.ts'
import { handOverBridge } from './hand-over.ts'
import { BridgeL1, type MessageFees } from './l1.ts'
import { BridgeL2 } from './l2.ts'
import { Relayer } from './relayer.ts'

const LPT = 10n ** 18n
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const alice = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0)
const controller = devnetController(alice.address)
const stack = new AsyncDisposableStack()

type World = {
  readonly l1: ChainClient
  readonly l2: ChainClient
  readonly addresses: BridgeAddresses
  readonly bridgeL1: BridgeL1
  readonly bridgeL2: BridgeL2
  /** As anvil dumps it. */
  readonly l1BeforeMessages: unknown
}
let world: World

async function startChain(chainId: number): Promise<ChainClient> {
  const anvil = stack.use(
    await Anvil.start({ port: 0, chainId, mnemonic: DEVNET_MNEMONIC }, { clock: systemClock }),
  )
  return ChainClient.connect({ url: anvil.url }, { clock: systemClock })
}

beforeAll(async () => {
  const [l1, l2] = await Promise.all([startChain(DEVNET_L1_CHAIN_ID), startChain(DEVNET_CHAIN_ID)])
  await setUpDevnet(devnetConfig([]), { client: l2, ...deps })
  const addresses = await setUpDevnetBridge(devnetBridgeConfig(DEVNET_MNEMONIC), { l1, l2, ...deps })
  world = {
    l1,
    l2,
    addresses,
    bridgeL1: new BridgeL1(l1, addresses.l1),
    bridgeL2: new BridgeL2(l2, addresses),
    l1BeforeMessages: await l1.raw('anvil_dumpState', []),
  }
})
afterAll(() => stack.disposeAsync())

// Blocks come with transactions, so that tests need not wait for the clock.
beforeEach(async () => {
  await Promise.all([mineAtOnce(world.l1), mineAtOnce(world.l2)])
})

async function send(client: ChainClient, ...calls: TransactionCall[]): Promise<void> {
  const store = new MemoryIntentStore()
  await using manager = await TransactionManager.start(
    { pollMs: 20 },
    { client, signer: alice, store, ...deps },
  )
  for (const call of calls) await manager.execute(call)
}

async function startRelayer(
  confirmations = 1,
  clients: { l1: ChainClient; l2: ChainClient } = world,
  log: Log = silentLog,
): Promise<Relayer & AsyncDisposable> {
  const signer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, RELAYER_ACCOUNT_INDEX)
  const manager = (client: ChainClient) =>
    TransactionManager.start({ pollMs: 20 }, { client, signer, store: new MemoryIntentStore(), ...deps })
  const [l1, l2] = await Promise.all([manager(clients.l1), manager(clients.l2)])
  const relayer = await Relayer.start(
    { confirmations, pollMs: 20 },
    { ...clients, addresses: world.addresses, transactions: { l1, l2 }, ...deps, log },
  )
  running.use(l1)
  running.use(l2)
  return running.use(relayer)
}
let running = new AsyncDisposableStack()
beforeEach(() => {
  running = new AsyncDisposableStack()
})
afterEach(() => running.disposeAsync())

async function until(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { interval: 20, timeout: 10_000 }).toBe(true)
}

async function depositFees(amount: bigint): Promise<MessageFees> {
  const { bridgeL1, bridgeL2, addresses } = world
  const message = await bridgeL1.depositMessage({
    from: alice.address,
    to: alice.address,
    amount: lpt(amount),
  })
  const gas = await bridgeL2.messageGas({
    sender: addresses.l1.L1LPTGateway,
    to: addresses.l2.L2LPTGateway,
    data: message,
  })
  return { ...gas, maxSubmissionCost: await bridgeL1.submissionCost(message) }
}

async function deposit(amount: bigint): Promise<void> {
  const { bridgeL1, l1, addresses } = world
  await send(
    l1,
    bridgeL1.token.approve(addresses.l1.L1LPTGateway, lpt(amount)),
    bridgeL1.deposit({ to: alice.address, amount: lpt(amount), fees: await depositFees(amount) }),
  )
}

async function withdraw(amount: bigint): Promise<void> {
  const { bridgeL2, l2, addresses } = world
  await send(
    l2,
    bridgeL2.token.approve(addresses.l2.L2LPTGateway, lpt(amount)),
    bridgeL2.withdraw({ to: alice.address, amount: lpt(amount) }),
  )
}

const balances = async () => ({
  l1: await world.bridgeL1.token.balanceOf(alice.address),
  l2: await world.bridgeL2.token.balanceOf(alice.address),
  escrow: await world.bridgeL1.escrowBalance(),
})

describe('the bridge between two chains', () => {
  test('is found by the Controllers and changes nothing when set up again', async () => {
    const { l1, l2, addresses } = world
    const again = await setUpDevnetBridge(devnetBridgeConfig(DEVNET_MNEMONIC), { l1, l2, ...deps })
    expect(again).toEqual(addresses)
    expect(await findBridge({ l1: { client: l1, controller }, l2: { client: l2, controller } })).toEqual(
      addresses,
    )
    expect(await world.bridgeL1.token.totalSupply()).toBe(1_000_000n * LPT)
  })

  test('brings a deposit to L2 exactly, and gives the unused fees back', async () => {
    const before = await balances()
    await deposit(100n * LPT)
    await startRelayer()
    await until(async () => (await balances()).l2 === before.l2 + 100n * LPT)
    expect(await balances()).toEqual({
      l1: before.l1 - 100n * LPT,
      l2: before.l2 + 100n * LPT,
      escrow: before.escrow + 100n * LPT,
    })
    const [newest] = (await world.bridgeL1.deposits(alice.address)).slice(-1)
    expect(newest).toMatchObject({ amount: 100n * LPT, to: alice.address })
    expect(await world.bridgeL2.ticketState(newest!.number)).toBe('arrived')
  })

  test('brings a withdrawal to L1 exactly, after the challenge period and once', async () => {
    const { bridgeL1, bridgeL2, l1 } = world
    await startRelayer()
    const before = await balances()
    await withdraw(40n * LPT)
    const position = (await bridgeL2.exitCount()) - 1n
    await until(async () => (await bridgeL1.exitState(position)).state === 'challengeable')
    const exit = await bridgeL2.exit(position)
    await expect(send(l1, bridgeL1.claim(exit))).rejects.toMatchObject({ reason: 'ChallengePeriodNotOver' })
    await l1.raw('evm_increaseTime', [Number(await bridgeL1.challengePeriod())])
    await mineBlocks(l1, 1)
    expect((await bridgeL1.exitState(position)).state).toBe('claimable')
    await send(l1, bridgeL1.claim(exit))
    expect(await balances()).toEqual({
      l1: before.l1 + 40n * LPT,
      l2: before.l2 - 40n * LPT,
      escrow: before.escrow - 40n * LPT,
    })
    expect((await bridgeL1.exitState(position)).state).toBe('claimed')
    await expect(send(l1, bridgeL1.claim(exit))).rejects.toMatchObject({ reason: 'AlreadySpent' })
  })

  test('tells L2 the supply of L1', async () => {
    const { bridgeL1, bridgeL2, addresses, l1 } = world
    await startRelayer()
    const message = await bridgeL1.supplyMessage()
    const gas = await bridgeL2.messageGas({
      sender: addresses.l1.L1LPTDataCache,
      to: addresses.l2.L2LPTDataCache,
      data: message,
    })
    await send(l1, bridgeL1.pushSupply({ ...gas, maxSubmissionCost: await bridgeL1.submissionCost(message) }))
    await until(async () => (await bridgeL2.supply()).l1TotalSupply === 1_000_000n * LPT)
    const { l1CirculatingSupply, l2SupplyFromL1 } = await bridgeL2.supply()
    expect(l1CirculatingSupply).toBe(1_000_000n * LPT - l2SupplyFromL1)
    expect(l2SupplyFromL1).toBe(await bridgeL1.escrowBalance())
  })

  test('carries each message once though two relayers run and one ends again and again', async () => {
    const before = await balances()
    await startRelayer()
    for (let k = 0; k < 6; k++) {
      await deposit(LPT)
      const other = await startRelayer()
      await withdraw(LPT / 2n)
      await other.close()
    }
    await until(async () => (await balances()).l2 === before.l2 + 3n * LPT)
    const exits = await world.bridgeL2.exitCount()
    await until(async () => (await world.bridgeL1.exitState(exits - 1n)).state !== 'unconfirmed')
    expect((await balances()).escrow).toBe(before.escrow + 6n * LPT)
    expect(await world.bridgeL2.token.balanceOf(alice.address)).toBe(before.l2 + 3n * LPT)
  })

  test('does not carry a message that a reorganisation takes back in time', async () => {
    const before = await balances()
    const { bridgeL1, l1, addresses } = world
    await send(l1, bridgeL1.token.approve(addresses.l1.L1LPTGateway, lpt(7n * LPT)))
    await mineBlocks(l1, 3)
    await startRelayer(4)
    await send(
      l1,
      bridgeL1.deposit({ to: alice.address, amount: lpt(7n * LPT), fees: await depositFees(7n * LPT) }),
    )
    await mineBlocks(l1, 1)
    await reorganise(l1, 2)
    await mineBlocks(l1, 5)
    await deposit(5n * LPT)
    await mineBlocks(l1, 3)
    await until(async () => (await balances()).l2 === before.l2 + 5n * LPT)
    expect((await balances()).escrow).toBe(before.escrow + 5n * LPT)
  })

  test('says that two chains do not belong together, and carries nothing between them', async () => {
    // The same contracts at the same addresses, but no message was ever sent.
    const stranger = await startChain(DEVNET_L1_CHAIN_ID)
    await stranger.raw('anvil_loadState', [world.l1BeforeMessages])
    const { l2 } = world
    const warnings: unknown[] = []
    const log = { ...silentLog, warn: (facts: unknown) => void warnings.push(facts) }
    await startRelayer(1, { l1: stranger, l2 }, log)
    await expect
      .poll(() => warnings, { timeout: 5_000 })
      .toContainEqual(
        expect.objectContaining({ error: expect.objectContaining({ code: 'RELAYER_CHAINS_DIFFER' }) }),
      )
  })

  test('tells of a message that fails on L2, and goes on with the next', async () => {
    const { bridgeL1, bridgeL2, l1 } = world
    const before = await balances()
    const fees = await depositFees(LPT)
    await send(
      l1,
      bridgeL1.token.approve(world.addresses.l1.L1LPTGateway, lpt(2n * LPT)),
      bridgeL1.deposit({ to: alice.address, amount: lpt(LPT), fees: { ...fees, maxGas: 30_000n } }),
      bridgeL1.deposit({ to: alice.address, amount: lpt(LPT), fees }),
    )
    await startRelayer()
    await until(async () => (await balances()).l2 === before.l2 + LPT)
    const [failed, arrived] = (await bridgeL1.deposits(alice.address)).slice(-2)
    expect(await bridgeL2.ticketState(failed!.number)).toBe('failed')
    expect(await bridgeL2.ticketState(arrived!.number)).toBe('arrived')
  })

  test('goes on after a chain was away', async () => {
    let isAway = true
    const { l2 } = world
    const url = l2.endpoint
    const flaky = await ChainClient.connect(
      { url },
      {
        clock: systemClock,
        fetch: (to, init) =>
          isAway && String(init.body).includes('eth_call')
            ? Promise.reject(new TypeError('no route'))
            : fetch(to, init),
      },
    )
    const before = await balances()
    await deposit(2n * LPT)
    await startRelayer(1, { l1: world.l1, l2: flaky })
    await systemClock.sleep(100)
    expect((await balances()).l2).toBe(before.l2)
    isAway = false
    await until(async () => (await balances()).l2 === before.l2 + 2n * LPT)
  })

  test('can be given to governance, which alone may change it then', async () => {
    const { l1, l2, addresses } = world
    const governance = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 8).address
    const end = async (client: ChainClient) => {
      const store = new MemoryIntentStore()
      const manager = await TransactionManager.start(
        { pollMs: 20 },
        { client, signer: alice, store, ...deps },
      )
      running.use(manager)
      return new Deployer({ client, controller, transactions: manager })
    }
    const ends = { l1: await end(l1), l2: await end(l2) }
    await handOverBridge(ends, addresses, { l1: governance, l2: governance })
    await handOverBridge(ends, addresses, { l1: governance, l2: governance })
    const gateway = new Contract(l1, {
      name: 'L1LPTGateway',
      address: addresses.l1.L1LPTGateway,
      abi: l1LPTGatewayAbi,
    })
    await expect(send(l1, gateway.write('pause', []))).rejects.toMatchObject({
      reason: 'AccessControlUnauthorizedAccount',
    })
    const cache = new Contract(l2, {
      name: 'L2LPTDataCache',
      address: addresses.l2.L2LPTDataCache,
      abi: l2LPTDataCacheAbi,
    })
    expect(await cache.read('owner', [])).toBe(governance)
    await expect(send(l2, cache.write('setL2LPTGateway', [alice.address]))).rejects.toMatchObject({
      reason: 'OwnableUnauthorizedAccount',
    })
  })
})
