import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import { Anvil } from '../node/anvil.ts'
import { listOrchestrators } from '../orchestrator-pool.ts'
import { type Devnet, setUpDevnet } from './devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from './devnet-config.ts'

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

function setUp(uris: readonly string[]): Promise<Devnet> {
  return setUpDevnet(devnetConfig(uris), { client, clock: systemClock, random: systemRandom, log: silentLog })
}

test('takes at most four seconds', () => {
  expect(tookMs).toBeLessThan(4000)
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

test('changes nothing when run again, but for a service URI that moved', async () => {
  const supply = await devnet.contracts.token.totalSupply()
  const again = await setUp([URIS[0]!, 'https://127.0.0.1:9999'])
  expect(again.controller).toBe(devnet.controller)
  expect(await again.contracts.token.totalSupply()).toBe(supply)
  const listed = await listOrchestrators(again.contracts)
  expect(listed.map(({ serviceUri }) => serviceUri)).toEqual([URIS[0], 'https://127.0.0.1:9999'])
})
