import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { publishSource } from '@tessera/media/source/publish-source'
import { measureSegment } from '@tessera/media/verify/measure'
import type { NetworkView, StreamView } from '@tessera/protocol/network-view'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { createMetrics } from '@tessera/runtime/metrics'
import { systemRandom } from '@tessera/runtime/random'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningGateway, startGateway } from './gateway.ts'
import { startOrchestrator } from './orchestrator.ts'
import { startWorker } from './worker.ts'

const common = { clock: systemClock, random: systemRandom, log: silentLog }
const SECRET = 'a shared secret'
const LADDER = [
  { name: '240p', width: 426, height: 240, bitrateBps: 400_000 },
  { name: '144p', width: 256, height: 144, bitrateBps: 200_000 },
]

let folder: string
let cleanups: (() => Promise<unknown>)[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-'))
  cleanups = [async () => rmSync(folder, { recursive: true, force: true })]
})

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

type Node = { readonly url: string; kill(): Promise<void> }

/** An orchestrator with one worker that transcodes and sketches, all real; off chain unless `change` says more. */
async function node(index: number, change: object = {}): Promise<Node> {
  const deps = { ...common, metrics: createMetrics() }
  const settings = { port: 0, dataFolder: join(folder, `o${index}`), secret: SECRET, ...change }
  const orchestrator = await startOrchestrator(settings, deps)
  const worker = await startWorker(
    { orchestratorUrl: orchestrator.url, secret: SECRET, drainMs: 0, capacity: 1, runner: {} },
    common,
  )
  let isDown = false
  const kill = async (): Promise<void> => {
    if (isDown) return
    isDown = true
    await worker[Symbol.asyncDispose]()
    await orchestrator[Symbol.asyncDispose]()
  }
  cleanups.push(kill)
  return { url: orchestrator.url, kill }
}

async function gateway(urls: readonly string[], change: object = {}): Promise<RunningGateway> {
  const settings = {
    rtmp: { host: '127.0.0.1', port: 0 },
    http: { host: '127.0.0.1', port: 0 },
    publicHost: '127.0.0.1',
    dataFolder: join(folder, 'gateway'),
    ...(urls.length > 0 && { orchestrators: urls }),
    ladder: LADDER,
    reconnectMs: 500,
    ...change,
  }
  const running = await startGateway(settings, { ...common, metrics: createMetrics() })
  cleanups.push(async () => running[Symbol.asyncDispose]())
  return running
}

async function until<T>(value: () => Promise<T | undefined> | T | undefined, limitMs = 30_000): Promise<T> {
  for (const endMs = systemClock.monotonicMs() + limitMs; systemClock.monotonicMs() < endMs; ) {
    const now = await value()
    if (now !== undefined) return now
    await systemClock.sleep(50)
  }
  throw new Error('It did not happen in time.')
}

async function streamOf(running: RunningGateway): Promise<StreamView | undefined> {
  const view = (await (await fetch(`http://127.0.0.1:${running.httpPort}/api/network`)).json()) as NetworkView
  return view.streams[0]
}

/** Times of all pictures of a rendition, as a viewer gets them. */
async function watched(running: RunningGateway, rendition: string): Promise<{ pts: number[]; text: string }> {
  const url = `http://127.0.0.1:${running.httpPort}/stream/demo/${rendition}.m3u8`
  const text = await (await fetch(url)).text()
  const pts: number[] = []
  for (const line of text.split('\n').filter((one) => one.endsWith('.ts'))) {
    pts.push(...measureSegment(await (await fetch(new URL(line, url))).bytes()).pts)
  }
  return { pts, text }
}

const publish = (running: RunningGateway, seconds: number, key = 'demo') =>
  publishSource({ url: `${running.publishUrl}/${key}`, seconds, width: 640, height: 360, fps: 25 }, common)

test('a stream from a real encoder is in every rendition, frame for frame, though an orchestrator dies', async () => {
  const nodes = [await node(0), await node(1)]
  const running = await gateway(
    nodes.map(({ url }) => url),
    { realtime: { modelId: 'tessera/edge-sketch' } },
  )
  const publishing = publish(running, 14)
  await until(async () =>
    (await streamOf(running))?.segments.some(({ state }) => state === 'done') ? true : undefined,
  )
  await systemClock.sleep(3000)
  const busy = (await streamOf(running))?.segments.find(({ orchestrator }) => orchestrator)
  expect(busy).toBeDefined()
  await nodes[0]!.kill()
  const { frames } = await publishing
  const ended = await until(async () => {
    const stream = await streamOf(running)
    return stream && !stream.isLive && stream.ai?.state === 'ended' ? stream : undefined
  })
  expect(ended).toMatchObject({ framesIn: frames, segmentsLost: 0 })
  const source = await watched(running, 'source')
  expect(source.pts).toHaveLength(frames)
  for (const { name } of LADDER) expect((await watched(running, name)).pts).toEqual(source.pts)
  await until(async () =>
    (await watched(running, '240p')).text.endsWith('#EXT-X-ENDLIST\n') ? true : undefined,
  )
  expect(ended.ai!.framesOut).toBeGreaterThan(frames / 2)
  const ai = await watched(running, 'ai')
  expect(ai.pts.length).toBeGreaterThan(frames / 2)
  expect(ai.pts).toEqual([...ai.pts].sort((a, b) => a - b))
  expect(source.pts).toEqual(expect.arrayContaining(ai.pts))
})

test('a wrong stream key and a second publisher are refused and told why; the stream goes on', async () => {
  const { url } = await node(0)
  const running = await gateway([url])
  const publishing = publish(running, 6)
  await until(async () => ((await streamOf(running))?.isLive ? true : undefined))
  const wrong = await publish(running, 2, 'guess').catch((error: unknown) => error)
  expect(JSON.stringify({ ...(wrong as object) })).toContain('stream key')
  const second = await publish(running, 2).catch((error: unknown) => error)
  expect(second).toMatchObject({ isTesseraError: true })
  const { frames } = await publishing
  const ended = await until(async () => {
    const stream = await streamOf(running)
    return stream && !stream.isLive ? stream : undefined
  })
  expect(ended).toMatchObject({ framesIn: frames, segmentsLost: 0 })
})

test('a gateway that restarts under the same publisher goes on in the same playlist', async () => {
  const { url } = await node(0)
  const first = await gateway([url])
  const publishing = publish(first, 20).catch(() => undefined)
  await until(
    async () =>
      ((await streamOf(first))?.segments.filter(({ state }) => state === 'done').length ?? 0) >= 2 ||
      undefined,
  )
  await first[Symbol.asyncDispose]()
  await publishing
  const second = await gateway([url])
  const before = await watched(second, 'source')
  expect(before.pts.length).toBeGreaterThanOrEqual(100)
  await publish(second, 4)
  await until(async () => ((await streamOf(second))?.isLive === false ? true : undefined))
  const { text } = await watched(second, '144p')
  expect(text).toContain('#EXT-X-MEDIA-SEQUENCE:0\n')
  expect(text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1)
})

test('wrong settings are told by name, and a taken port leaves nothing running', async () => {
  await expect(
    startGateway({ dataFolder: folder, lader: [] }, { ...common, metrics: createMetrics() }),
  ).rejects.toMatchObject({
    code: 'GATEWAY_CONFIG',
    message: expect.stringContaining('lader'),
  })
  const running = await gateway([])
  await expect(gateway([], { http: { host: '127.0.0.1', port: running.httpPort } })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
  })
})

/** Public test keys of the development mnemonic: accounts 1, 2 and 3. */
const KEYS = [
  '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  '0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
] as const

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

test('on chain: finds orchestrators in the contracts, pays them with tickets, and sees tickets redeemed', async () => {
  const anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, common)
  cleanups.push(() => anvil.close())
  const client = await ChainClient.connect({ url: anvil.url }, common)
  const ports = [await freePort(), await freePort()]
  const urls = ports.map((port) => `https://127.0.0.1:${port}`)
  const devnet = await setUpDevnet(devnetConfig(urls), { client, ...common })
  const chain = { rpcUrl: anvil.url, controller: devnet.controller }
  for (const [i, port] of ports.entries()) {
    await node(i, {
      port,
      price: { wei: '570000000', units: '1' },
      livePrices: { 'tessera/edge-sketch': { wei: '10000000', units: '1' } },
      chain: {
        ...chain,
        privateKey: KEYS[i + 1],
        ticketEv: '1000000000000000',
        maxFaceValue: '3000000000000000',
        ticketBlocks: '6',
        addsRedemptionCost: false,
        finalBlocks: '1',
        openRoundDelayMs: 0,
      },
    })
  }
  const running = await gateway([], {
    realtime: { modelId: 'tessera/edge-sketch' },
    chain: { ...chain, privateKey: KEYS[0], maxTicketEv: `${10n ** 16n}`, maxTotalEv: `${10n ** 18n}` },
  })
  const { frames } = await publish(running, 16)
  const view = await until(() => {
    const now = running.view()
    return now.payments.redeemed > 0 && now.streams[0]?.isLive === false ? now : undefined
  })
  expect(view.streams[0]).toMatchObject({ framesIn: frames, segmentsLost: 0 })
  expect(
    view.streams[0]!.segments.every(({ tickets, feeWei }) => tickets !== undefined && BigInt(feeWei!) > 0n),
  ).toBe(true)
  expect(view.streams[0]!.ai!.framesOut).toBeGreaterThan(0)
  expect(view.payments.ticketsSent).toBeGreaterThan(10)
  expect(view.payments.ticketsWon).toBeGreaterThan(0)
  expect(BigInt(view.payments.redeemedWei)).toBe(BigInt(view.payments.redeemed) * 3_000_000_000_000_000n)
  expect(BigInt(view.gateway.depositWei)).toBeLessThan(100n * 10n ** 18n)
  expect(view.orchestrators.map(({ stakeLpt }) => BigInt(stakeLpt) > 0n)).toEqual([true, true])
  expect(view.chain!.block).toBeGreaterThan(0)
})
