import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import type { Fetch } from '../json-rpc.ts'
import { Anvil } from '../node/anvil.ts'
import { mineAtOnce, mineBlocks } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import { listOrchestrators } from '../orchestrator-pool.ts'
import { type Devnet, setUpDevnet } from './devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from './devnet-config.ts'
import { mainnetParams } from './params.ts'

const URIS = ['https://127.0.0.1:8935', 'https://127.0.0.1:8937']
const config = { ...devnetConfig(URIS), blockSeconds: 1 }
let anvil: Anvil
let client: ChainClient
let devnet: Devnet
let tookMs: number

beforeAll(async () => {
  anvil = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  client = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
  const start = systemClock.monotonicMs()
  devnet = await setUp(URIS)
  tookMs = systemClock.monotonicMs() - start
})
afterAll(() => anvil?.close())

function setUp(uris: readonly string[], on = client): Promise<Devnet> {
  return setUpDevnet(devnetConfig(uris), {
    client: on,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
  })
}

test('takes at most four seconds', () => {
  expect(tookMs).toBeLessThan(4000)
})

test('registers every contract, but the judge of wrong work only in reserve', () => {
  const { addresses } = devnet.contracts
  expect(Object.keys(addresses)).toEqual(
    expect.arrayContaining([
      'BondingVotes',
      'LivepeerGovernor',
      'Treasury',
      'MerkleSnapshot',
      'Governor',
      'PollCreator',
      'AIServiceRegistry',
      'StandbyVerifier',
      'StablecoinTicketBroker',
      'TestStablecoin',
    ]),
  )
  expect(addresses.Verifier).toBeUndefined()
})

test('has governance with the parameters of its file, and polls with those of mainnet', async () => {
  const { livepeerGovernor, pollCreator } = devnet.contracts.optional
  const governor = livepeerGovernor!
  const polls = pollCreator!
  const { votingDelay, votingPeriod, proposalThreshold, quorum, quota } = config.params.governance
  expect({
    votingDelay: await governor.read('votingDelay', []),
    votingPeriod: await governor.read('votingPeriod', []),
    proposalThreshold: await governor.read('proposalThreshold', []),
    quorum: await governor.read('quorumNumerator', []),
    quota: await governor.read('quota', []),
  }).toEqual({ votingDelay, votingPeriod, proposalThreshold, quorum, quota })
  expect({
    quorum: await polls.read('QUORUM', []),
    quota: await polls.read('QUOTA', []),
    period: await polls.read('POLL_PERIOD', []),
    creationCost: await polls.read('POLL_CREATION_COST', []),
  }).toEqual(mainnetParams.polls)
})

test('lists the orchestrators, most stake first, active and with their addresses on the net', async () => {
  const listed = await listOrchestrators(devnet.contracts)
  expect(listed.map(({ serviceUri, isActive, rewardCut }) => ({ serviceUri, isActive, rewardCut }))).toEqual(
    URIS.map((serviceUri) => ({ serviceUri, isActive: true, rewardCut: 100_000n })),
  )
  expect(listed[0]?.stake).toBe(2_000_000n * 10n ** 18n)
})

test('funds the gateway so that a share of its reserve can be claimed', async () => {
  const { ticketBroker } = devnet.contracts
  const info = await ticketBroker.senderInfo(devnet.gateway.address)
  expect(info).toMatchObject({ deposit: config.gateway.deposit, reserve: config.gateway.reserve })
  const claimable = await ticketBroker.claimableReserve(
    devnet.gateway.address,
    devnet.orchestrators[0]!.address,
  )
  expect(claimable).toBe(config.gateway.reserve / 2n)
})

test('gives the treasury a tenth of each reward', async () => {
  await using own = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  const chain = await ChainClient.connect({ url: own.url }, { clock: systemClock })
  const { contracts, orchestrators } = await setUp(URIS, chain)
  await mineAtOnce(chain)
  const { bondingManager, token, roundsManager, addresses } = contracts
  const deps = { client: chain, clock: systemClock, random: systemRandom, log: silentLog }
  await using transactions = await TransactionManager.start(
    { pollMs: 50 },
    { ...deps, signer: orchestrators[0]!, store: new MemoryIntentStore() },
  )
  await mineBlocks(chain, Number(config.params.roundLength))
  await transactions.execute(roundsManager.initializeRound())
  const before = await token.balanceOf(addresses.Treasury!)
  const supply = await token.totalSupply()
  await transactions.execute(bondingManager.reward())
  const minted = (await token.totalSupply()) - supply
  expect(minted).toBeGreaterThan(0n)
  expect((await token.balanceOf(addresses.Treasury!)) - before).toBe(minted / 10n)
})

test('changes nothing when run again, but for a service URI that moved', async () => {
  const supply = await devnet.contracts.token.totalSupply()
  const again = await setUp([URIS[0]!, 'https://127.0.0.1:9999'])
  expect(again.controller).toBe(devnet.controller)
  expect(await again.contracts.token.totalSupply()).toBe(supply)
  const listed = await listOrchestrators(again.contracts)
  expect(listed.map(({ serviceUri }) => serviceUri)).toEqual([URIS[0], 'https://127.0.0.1:9999'])
})

test('goes on after a restart of the chain with its state', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'devnet-test-'))
  try {
    const own = {
      port: 0,
      chainId: DEVNET_CHAIN_ID,
      mnemonic: DEVNET_MNEMONIC,
      stateFile: join(folder, 'state.json'),
    }
    const first = await Anvil.start(own, { clock: systemClock })
    const before = await setUp(URIS, await ChainClient.connect({ url: first.url }, { clock: systemClock }))
    await first.close()
    await using second = await Anvil.start(own, { clock: systemClock })
    const again = await ChainClient.connect({ url: second.url }, { clock: systemClock })
    const after = await setUp(URIS, again)
    expect(after.contracts.addresses).toEqual(before.contracts.addresses)
    expect((await listOrchestrators(after.contracts)).every(({ isActive }) => isActive)).toBe(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test.each([1, 9, 25, 45, 56, 66, 76])('completes a set-up that broke off at transaction %i', async (last) => {
  await using own = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  let sent = 0
  const dying: Fetch = async (url, init) => {
    if (String(init.body).includes('eth_sendRawTransaction') && ++sent > last) {
      return Response.json({
        jsonrpc: '2.0',
        id: 1,
        error: { code: -32000, message: 'the node is shutting down' },
      })
    }
    return fetch(url, init)
  }
  const doomed = await ChainClient.connect({ url: own.url }, { clock: systemClock, fetch: dying })
  await expect(setUp(URIS, doomed)).rejects.toMatchObject({ code: 'CHAIN_RPC_FAULT' })
  const healthy = await ChainClient.connect({ url: own.url }, { clock: systemClock })
  const completed = await setUp(URIS, healthy)
  const listed = await listOrchestrators(completed.contracts)
  expect(listed.map(({ isActive, rewardCut }) => [isActive, rewardCut])).toEqual([
    [true, 100_000n],
    [true, 100_000n],
  ])
  expect((await completed.contracts.ticketBroker.senderInfo(completed.gateway.address)).reserve).toBe(
    config.gateway.reserve,
  )
})
