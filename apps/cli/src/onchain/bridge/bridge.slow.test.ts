import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { devInboxAbi } from '@tessera/chain/abis/dev-inbox'
import type { BridgeAddresses } from '@tessera/chain/bridge/addresses'
import {
  DEVNET_L1_CHAIN_ID,
  devnetBridgeConfig,
  RELAYER_ACCOUNT_INDEX,
  setUpDevnetBridge,
} from '@tessera/chain/bridge/devnet'
import { BridgeL1 } from '@tessera/chain/bridge/l1'
import { BridgeL2 } from '@tessera/chain/bridge/l2'
import { ChainClient } from '@tessera/chain/client'
import { Contract } from '@tessera/chain/contract'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { type Devnet, setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { mineAtOnce, mineBlocks } from '@tessera/chain/node/dev-chain'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoleProcess } from '../../network/child-process.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))
const LPT = 10n ** 18n
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const owned = new AsyncDisposableStack()
let folder: string
let l1: ChainClient
let l2: ChainClient
let devnet: Devnet
let addresses: BridgeAddresses
let relayer: RoleProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bridge-test-'))
  owned.defer(() => rm(folder, { recursive: true, force: true }))
  ;[l1, l2] = await Promise.all([startChain(DEVNET_L1_CHAIN_ID), startChain(DEVNET_CHAIN_ID)])
  devnet = await setUpDevnet(devnetConfig([]), { client: l2, ...deps })
  const config = { ...devnetBridgeConfig(DEVNET_MNEMONIC), challengeSeconds: 3 }
  addresses = await setUpDevnetBridge(config, { l1, l2, ...deps })
  await writeFile(
    join(folder, 'relayer.json'),
    JSON.stringify({
      l1: { rpcUrl: l1.endpoint, controller: addresses.l1.Controller },
      l2: { rpcUrl: l2.endpoint, controller: addresses.l2.Controller },
      privateKey: devPrivateKey(RELAYER_ACCOUNT_INDEX),
      pollMs: 50,
    }),
  )
  relayer = await startRelayer()
  owned.defer(() => relayer.stop())
}, 60_000)
afterAll(() => owned.disposeAsync())

async function startChain(chainId: number): Promise<ChainClient> {
  const anvil = owned.use(await Anvil.start({ port: 0, chainId, mnemonic: DEVNET_MNEMONIC }, deps))
  return ChainClient.connect({ url: anvil.url }, deps)
}

function startRelayer(): Promise<RoleProcess> {
  return RoleProcess.start(
    {
      name: 'relayer',
      args: ['relayer', '--config', join(folder, 'relayer.json')],
      logFile: join(folder, 'relayer.log'),
      verbose: false,
    },
    systemClock,
  )
}

type Outcome = { readonly status: number; readonly out: string; readonly err: string }

/** As the deployer, who has all LPT. */
function tessera(...args: readonly string[]): Promise<Outcome> {
  const ends = ['--rpc', l2.endpoint, '--l1-rpc', l1.endpoint, '--account', 'deployer', '--json']
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'bridge', ...args, ...ends], { cwd: folder }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })
}

/** The result of a command that must succeed. */
async function result(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { status, out, err } = await tessera(...args)
  expect([status, err, out]).toEqual([0, expect.anything(), expect.stringContaining('"ok": true')])
  return JSON.parse(out).result
}

async function balances() {
  const bridgeL1 = new BridgeL1(l1, addresses.l1)
  const bridgeL2 = new BridgeL2(l2, addresses)
  const who = devnet.deployer.address
  return {
    l1: await bridgeL1.token.balanceOf(who),
    l2: await bridgeL2.token.balanceOf(who),
    escrow: await bridgeL1.escrowBalance(),
  }
}

test('100 LPT go to L2 and 60 come back, to the wei', { timeout: 60_000 }, async () => {
  const start = await balances()
  const dry = await result('deposit', '100', '--dry-run')
  expect([dry.amount, await balances()]).toEqual([String(100n * LPT), start])

  expect(await result('deposit', '100', '--wait')).toMatchObject({ state: 'arrived', number: '0' })
  expect(await balances()).toEqual({
    l1: start.l1 - 100n * LPT,
    l2: start.l2 + 100n * LPT,
    escrow: 100n * LPT,
  })

  expect(await result('withdraw', '60')).toMatchObject({ number: '0', challengeSeconds: 3 })
  const early = await tessera('claim', '0')
  expect([early.status, JSON.parse(early.out).error.code]).toEqual([8, 'CLI_NOT_YET'])
  expect(await result('claim', '0', '--wait')).toEqual({ claimed: ['0'], waiting: [] })
  expect(await balances()).toEqual({
    l1: start.l1 - 40n * LPT,
    l2: start.l2 + 40n * LPT,
    escrow: 40n * LPT,
  })
  expect(await result('claim')).toEqual({ claimed: [], waiting: [] })

  const status = await result('status')
  expect(status.deposits).toEqual([
    { number: '0', to: devnet.deployer.address, amount: String(100n * LPT), state: 'arrived' },
  ])
  expect(status.withdrawals).toMatchObject([{ number: '0', amount: String(60n * LPT), state: 'claimed' }])
  expect(status.l2SupplyFromL1).toBe(String(40n * LPT))
  expect(status.received).toEqual([])
})

test('who gets the withdrawal of another finds its number', { timeout: 60_000 }, async () => {
  const { address } = devnet.gateway
  const { number } = await result('withdraw', '1', '--to', 'gateway')
  const { received, withdrawals } = await result('status', 'gateway')
  expect(received).toMatchObject([
    { number, from: devnet.deployer.address, to: address, amount: String(LPT) },
  ])
  expect(withdrawals).toEqual([])
  expect(await result('claim', String(number), '--wait')).toMatchObject({ claimed: [number] })
})

test('what crosses while the relayer is killed again and again arrives once', {
  timeout: 120_000,
}, async () => {
  const start = await balances()
  for (let k = 1; k <= 4; k++) {
    await result('deposit', '10')
    // Killed at different moments: before it looks, while a transaction waits for its block, after.
    await systemClock.sleep(150 * k)
    relayer.kill()
    await relayer.exited
    await result('withdraw', '1')
    relayer = await startRelayer()
  }
  await expect.poll(async () => (await balances()).l2, { timeout: 30_000 }).toBe(start.l2 + 36n * LPT)
  const claims: unknown[] = []
  await expect
    .poll(
      async () => {
        const { claimed } = await result('claim')
        claims.push(...(claimed as unknown[]))
        return claims.length
      },
      { timeout: 60_000 },
    )
    .toBe(4)
  expect(await balances()).toEqual({
    l1: start.l1 - 36n * LPT,
    l2: start.l2 + 36n * LPT,
    escrow: start.escrow + 36n * LPT,
  })
  expect(new Set(claims).size).toBe(4)
})

test('inflation follows the supply of L1 once L2 was told', { timeout: 60_000 }, async () => {
  const { minter, roundsManager } = devnet.contracts
  const bridgeL2 = new BridgeL2(l2, addresses)
  await result('supply')
  await expect
    .poll(async () => (await bridgeL2.supply()).l1TotalSupply, { timeout: 20_000 })
    .toBe(1_000_000n * LPT)
  await mineAtOnce(l2)
  await mineBlocks(l2, 20)
  await new Promise<void>((resolve, reject) => {
    const args = ['round', 'init', '--rpc', l2.endpoint, '--account', 'deployer']
    execFile(process.execPath, [MAIN, ...args], (error) => (error ? reject(error) : resolve()))
  })
  const onL2 = await devnet.contracts.token.totalSupply()
  const { l1CirculatingSupply } = await bridgeL2.supply()
  expect(await minter.mintableThisRound()).toBe(
    ((onL2 + l1CirculatingSupply) * (await minter.inflation())) / 1_000_000_000n,
  )
  expect(await roundsManager.lastInitializedRound()).toBe(await roundsManager.currentRound())
})

test('messages that failed on L2 are listed with the reason, and executed again', {
  timeout: 300_000,
}, async () => {
  const bridgeL1 = new BridgeL1(l1, addresses.l1)
  const bridgeL2 = new BridgeL2(l2, addresses)
  const count = await bridgeL2.ticketCount()
  const fees = {
    maxSubmissionCost: await bridgeL1.submissionCost(await bridgeL1.supplyMessage()),
    // Too little for the call.
    maxGas: 5_000n,
    gasPriceBid: 10n ** 10n,
  }
  const inbox = new Contract(l1, { name: 'Inbox', address: addresses.l1.ArbitrumInbox, abi: devInboxAbi })
  const { deployer } = devnet
  const [to, nobody] = [addresses.l2.L2LPTDataCache, deployer.address]
  const forged = [to, 0n, 10n ** 16n, nobody, nobody, 100_000n, 10n ** 10n, '0x12345678'] as const
  await using sender = await TransactionManager.start(
    { pollMs: 50 },
    { client: l1, signer: deployer, store: new MemoryIntentStore(), ...deps },
  )
  await sender.execute(bridgeL1.pushSupply(fees))
  await sender.execute(inbox.write('createRetryableTicket', forged, 10n ** 17n))
  await expect.poll(() => bridgeL2.ticketCount(), { timeout: 20_000 }).toBe(count + 2n)

  const { failed } = await result('failed')
  expect(failed).toMatchObject([
    { number: String(count), why: expect.stringContaining('its gas (5000) may have run out') },
    { number: String(count + 1n), does: `${to}.call(0x12345678)` },
  ])
  const shown = await result('failed', String(count))
  expect(shown.failed).toMatchObject([{ does: expect.stringMatching(/^the supply of L1: 1000000 LPT$/) }])
  expect(await result('retry', String(count), '--dry-run')).toMatchObject({ executed: [String(count)] })
  expect(await bridgeL2.ticketState(count)).toBe('failed')

  expect(await result('retry')).toMatchObject({
    executed: [String(count)],
    refused: [{ number: String(count + 1n) }],
  })
  expect(await bridgeL2.ticketState(count)).toBe('arrived')
  const hopeless = await tessera('retry', String(count + 1n))
  expect(hopeless.status).toBe(3)
  const again = await tessera('retry', String(count))
  expect([again.status, JSON.parse(again.out).error.message]).toEqual([
    9,
    `Message ${count} is executed; it does not wait for a retry.`,
  ])
})

test('refuses what makes no sense, with a status of its own', { timeout: 60_000 }, async () => {
  const codes = async (...args: string[]) => {
    const { status, out } = await tessera(...args)
    return [status, out === '' ? undefined : JSON.parse(out).error.code]
  }
  expect(await codes('deposit', '0')).toEqual([2, 'CLI_USAGE'])
  expect(await codes('deposit', '1', '--to', `0x${'00'.repeat(20)}`)).toEqual([2, 'CLI_USAGE'])
  expect(await codes('withdraw', '1', '--to', `0x${'00'.repeat(20)}`)).toEqual([2, 'CLI_USAGE'])
  expect(await codes('deposit', '2000000')).toEqual([4, 'CLI_TOO_LITTLE'])
  expect(await codes('withdraw', '-1')).toEqual([2, 'CLI_USAGE'])
  expect(await codes('claim', '999')).toEqual([9, 'CLI_NOT_FOUND'])
  expect(await codes('status', 'nobody')).toEqual([2, 'CLI_USAGE'])
})
