import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { type Devnet, setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { mineBlocks } from '@tessera/chain/node/dev-chain'
import { RoundClock } from '@tessera/chain/round-clock'
import { TicketSender } from '@tessera/payments/sender'
import { DEFAULT_SENDER_LIMITS } from '@tessera/payments/sender-checks'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import type { Rendition } from '@tessera/protocol/rendition'
import type { Segment } from '@tessera/protocol/segment'
import { durationMs, pixels, seq, ticks90k, wei } from '@tessera/protocol/units'
import { fromHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { noopMetrics } from '@tessera/runtime/metrics'
import { systemRandom } from '@tessera/runtime/random'
import { syntheticSegment } from '@tessera/testing/synthetic-video'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HttpClient } from '../rpc/http-client.ts'
import { OrchestratorClient } from '../rpc/orchestrator-client.ts'
import { parseWorkerConfig } from '../worker/config.ts'
import { Worker } from '../worker/worker.ts'
import { type RunningOrchestrator, startOrchestrator } from './orchestrator.ts'

// Accounts 1 and 2 of the public development mnemonic.
const GATEWAY_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'
const ORCHESTRATOR_KEY = '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a'
const SECRET = 'a shared secret'
const PROFILES = DEFAULT_LADDER.slice(2)
const deps = { clock: systemClock, random: systemRandom, log: silentLog, metrics: noopMetrics }

let anvil: Anvil
let client: ChainClient
let devnet: Devnet
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'orchestrator-chain-'))
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  devnet = await setUpDevnet(devnetConfig(['https://127.0.0.1:1', 'https://127.0.0.1:2']), {
    client,
    ...deps,
  })
})

afterAll(async () => {
  await anvil?.close()
  await rm(dir, { recursive: true })
})

const settings = (port = 0) => ({
  port,
  dataFolder: join(dir, 'orchestrator'),
  secret: SECRET,
  price: { wei: 1_000_000n, units: 1n },
  chain: {
    rpcUrl: anvil.url,
    controller: devnet.controller,
    privateKey: ORCHESTRATOR_KEY,
    ticketEv: 1_000_000_000_000_000n,
    maxFaceValue: 3_000_000_000_000_000n,
    ticketBlocks: 6n,
    addsRedemptionCost: false,
    finalBlocks: 1n,
    openRoundDelayMs: 0,
  },
})

class FakeTranscoder {
  async transcode(input: { profiles: readonly { name: string }[] }): Promise<readonly Rendition[]> {
    return input.profiles.map(({ name }) => ({
      name,
      bytes: syntheticSegment({ width: 640, height: 352, frames: 4 }),
      pixels: pixels(1n),
      frames: 4,
    }))
  }
  async [Symbol.asyncDispose](): Promise<void> {}
}

const segment = (n: number): Segment => ({
  manifestId: 'demo',
  seq: seq(n),
  start: ticks90k(0),
  duration: durationMs(2000),
  bytes: syntheticSegment({ width: 1280, height: 720, frames: 4, startPts: n * 180_000 }),
  frames: 4,
  discontinuity: false,
})

type Status = { readonly ticketsWon: number; readonly ticketsRedeemed: number; readonly rewards: number }

async function ask(
  orchestrator: RunningOrchestrator,
  method: 'GET' | 'POST',
  path: string,
): Promise<unknown> {
  using http = new HttpClient(systemClock)
  const answer = await http.request({
    method,
    url: `${orchestrator.url}${path}`,
    headers: { Authorization: `Bearer ${SECRET}` },
    headersTimeoutMs: 20_000,
    totalTimeoutMs: 20_000,
    maxAnswerBytes: 65_536,
  })
  return JSON.parse(new TextDecoder().decode(answer.body))
}

/** A redemption may have to wait for the next round, of 20 s. */
async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (await isTrue()) return
    await systemClock.sleep(100)
  }
  throw new Error(`never: ${what}`)
}

test('is paid in tickets, redeems those that win, also after a restart, calls reward and withdraws its fees', async () => {
  let orchestrator = await startOrchestrator(settings(), deps)
  const status = async () => (await ask(orchestrator, 'GET', '/status')) as Status
  const worker = Worker.start(
    parseWorkerConfig({ orchestratorUrl: orchestrator.url, secret: SECRET, drainMs: 0, maxReconnectMs: 200 }),
    { ...deps, transcoder: new FakeTranscoder() },
  )
  await using time = await RoundClock.start(
    { pollMs: 100 },
    { ...deps, client, roundsManager: devnet.contracts.roundsManager },
  )
  const signer = privateKeySigner(fromHex(GATEWAY_KEY))
  const payer = new TicketSender(
    { ...DEFAULT_SENDER_LIMITS, maxTicketEv: wei(10n ** 16n), maxTotalEv: wei(10n ** 17n) },
    { signer, funds: devnet.contracts.ticketBroker, chain: time },
  )
  await using api = new OrchestratorClient({ clock: systemClock, signer })
  await until(
    async () => ((await ask(orchestrator, 'GET', '/status')) as { workers: unknown[] }).workers.length === 1,
    'worker',
  )

  let quote = await api.getQuote(orchestrator.url, { kind: 'transcode' })
  const deliver = async (n: number) => {
    if (payer.isQuoteStale(quote))
      quote = await api.getQuote(orchestrator.url, { kind: 'transcode' }, { isRefresh: true })
    const { sessionId } = quote.authToken
    const staged = await payer.stage({ quote, balanceKey: sessionId, fee: wei(4_000_000_000_000_000n) })
    const { payment } = staged
    const delivered = await api.submitSegment({
      quote,
      segment: segment(n),
      profiles: PROFILES,
      ...(payment && { payment }),
    })
    const units = delivered.renditions.reduce((sum, rendition) => sum + rendition.pixels, 0n)
    staged.settle({ spent: wei((units * quote.price!.wei) / quote.price!.units) })
    quote = delivered.nextQuote ?? quote
    return staged.tickets
  }
  let tickets = 0
  let n = 0
  while ((await status()).ticketsWon === 0 && n < 40) tickets += await deliver(n++)
  expect(tickets).toBeGreaterThanOrEqual(4)

  // Killed right after the answer: the win is on disk. Same port, same token secret: the session goes on.
  const { port } = orchestrator
  await orchestrator[Symbol.asyncDispose]()
  orchestrator = await startOrchestrator(settings(port), deps)
  await until(
    async () => ((await ask(orchestrator, 'GET', '/status')) as { workers: unknown[] }).workers.length === 1,
    'worker again',
  )
  await deliver(n++)

  await mineBlocks(client, 8)
  await until(async () => (await status()).ticketsRedeemed > 0, 'redeemed')
  await until(async () => (await status()).rewards > 0, 'reward')
  const fees = await devnet.contracts.bondingManager.pendingFees(orchestrator.address)
  expect(fees).toBeGreaterThan(0n)
  const { withdrawnWei } = (await ask(orchestrator, 'POST', '/admin/withdraw-fees')) as {
    withdrawnWei: string
  }
  expect(BigInt(withdrawnWei)).toBeGreaterThanOrEqual(fees)
  await worker.close()
  await orchestrator[Symbol.asyncDispose]()
})

test('wrong settings and a port in use end in an error that says what to do', async () => {
  await expect(startOrchestrator({ port: -1 }, deps)).rejects.toMatchObject({ code: 'ORCHESTRATOR_CONFIG' })
  const first = await startOrchestrator({ port: 0, dataFolder: join(dir, 'a'), secret: SECRET }, deps)
  await expect(
    startOrchestrator({ port: first.port, dataFolder: join(dir, 'b'), secret: SECRET }, deps),
  ).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  await first[Symbol.asyncDispose]()
})
