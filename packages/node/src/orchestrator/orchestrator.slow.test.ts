import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalSigner } from '@tessera/chain/node/signer'
import type { TranscodeInput, Transcoder } from '@tessera/media/transcode/transcoder'
import { TricklePublisher } from '@tessera/media/trickle/publisher'
import { TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import { measureSegment } from '@tessera/media/verify/measure'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import type { Segment } from '@tessera/protocol/segment'
import type { Signer } from '@tessera/protocol/signer'
import { durationMs, pixels, seq, ticks90k } from '@tessera/protocol/units'
import { decodeOrchestratorInfo } from '@tessera/protocol/wire/orchestrator-info'
import { fromHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { FakePayee } from '@tessera/testing/fake-payee'
import { syntheticSegment } from '@tessera/testing/synthetic-video'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OrchestratorClient } from '../rpc/orchestrator-client.ts'
import { parseWorkerConfig } from '../worker/config.ts'
import { Worker } from '../worker/worker.ts'
import { parseOrchestratorConfig } from './config.ts'
import { Orchestrator } from './orchestrator.ts'
import { demandSignatures } from './ports.ts'

const GATEWAY_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const ORCHESTRATOR_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'
/** A transcoding job (H264, MPEGTS, AuthToken) of the gateway key, as go-livepeer sends it, framed for gRPC. */
const GOLDEN_REQUEST =
  '00000000610a14f39fd6e51aad88f6f4ce6ab8827279cfffb92266124147d66008c2c5b0671b8e7b43b62245ae9c4ba5f6ff7e94328b68eb45090cb1080815dec67a20bdec15ce794c9ce271fa8e6552d6b0976ab7a0b92d5516b32ef31c1a060a0283202a00'

const common = { clock: systemClock, random: systemRandom, log: silentLog }
const SECRET = 'a shared secret'
const PROFILES = DEFAULT_LADDER.slice(1)

function signerOf(key: `0x${string}`): Signer {
  return LocalSigner.fromPrivateKey(key)
}

/** Makes each rendition out of nothing, of the size asked for. */
class FakeTranscoder implements Transcoder {
  inputs: TranscodeInput[] = []
  started = Promise.withResolvers<void>()
  /** While set, work waits. */
  gate: Promise<void> | undefined

  async transcode(input: TranscodeInput) {
    this.inputs.push(input)
    this.started.resolve()
    await this.gate
    return input.profiles.map(({ name, width, height }) => {
      const bytes = syntheticSegment({
        width: width - (width % 16),
        height: height - (height % 16),
        frames: 4,
      })
      return { name, bytes, pixels: pixels(1n), frames: 4 }
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

let dir: string
let orchestrator: Orchestrator
let client: OrchestratorClient
let payee: FakePayee
let cleanups: (() => Promise<unknown>)[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'orchestrator-'))
  const signer = signerOf(ORCHESTRATOR_KEY)
  payee = new FakePayee()
  payee.recipient = signer.address
  orchestrator = await Orchestrator.start(
    parseOrchestratorConfig({
      port: 0,
      dataFolder: dir,
      secret: SECRET,
      maxSessions: 2,
      livePaymentIntervalMs: 100,
    }),
    { ...common, payee, signer, isSignedBy: demandSignatures, authSecret: new Uint8Array(32).fill(7) },
  )
  client = new OrchestratorClient({ clock: systemClock, signer: signerOf(GATEWAY_KEY) })
  cleanups = [
    () => rm(dir, { recursive: true }),
    () => orchestrator.close(),
    () => client[Symbol.asyncDispose](),
  ]
})

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

function worker(transcoder: Transcoder, runner?: { url: string; models: Map<string, number> }): Worker {
  const started = Worker.start(
    parseWorkerConfig({
      orchestratorUrl: orchestrator.serviceUrl,
      secret: SECRET,
      drainMs: 0,
      maxReconnectMs: 200,
    }),
    { ...common, transcoder, runner },
  )
  cleanups.push(() => started.close())
  return started
}

async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 200 && !(await isTrue()); i++) await systemClock.sleep(20)
}

type Status = Record<string, unknown> & {
  workers: unknown[]
  runners: number
  realtime: { active: number }
}

async function status(): Promise<Status> {
  const answer = await rawRequest('GET', '/status', {})
  return JSON.parse(answer.text)
}

const workers = (count: number) => until(async () => (await status()).workers.length === count)

function rawRequest(method: string, path: string, headers: Record<string, string>, body?: Uint8Array) {
  return new Promise<{ status: number; text: string; bytes: Buffer; trailers: Record<string, unknown> }>(
    (resolve, reject) => {
      const session = connectHttp2(orchestrator.serviceUrl, { rejectUnauthorized: false })
      session.on('error', reject)
      const stream = session.request({ ':method': method, ':path': path, ...headers })
      const answer = { status: 0, trailers: {} }
      stream.on('response', (h) => Object.assign(answer, { status: Number(h[':status']), trailers: h }))
      stream.on('trailers', (trailers) => Object.assign(answer, { trailers }))
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('error', reject)
      stream.on('end', () => {
        session.close()
        const bytes = Buffer.concat(parts)
        resolve({ ...answer, bytes, text: bytes.toString() })
      })
      stream.end(body)
    },
  )
}

const segment = (n = 0): Segment => ({
  manifestId: 'demo',
  seq: seq(n),
  start: ticks90k(0),
  duration: durationMs(2000),
  bytes: syntheticSegment({ width: 1280, height: 720, frames: 4 }),
  frames: 4,
  discontinuity: false,
})

test('answers a golden GetOrchestrator request of a Go gateway', async () => {
  const answer = await rawRequest(
    'POST',
    '/net.Orchestrator/GetOrchestrator',
    { 'content-type': 'application/grpc', te: 'trailers' },
    fromHex(GOLDEN_REQUEST),
  )
  const info = decodeOrchestratorInfo(answer.bytes.subarray(5))
  expect(info.url).toBe(orchestrator.serviceUrl)
  expect(info.address).toBe(payee.recipient)
  expect(info.authToken.sessionId).toMatch(/^[0-9a-f]{8}$/)
  expect(info.capabilities.bits).toBe(67_133_439n)
  const damaged = fromHex(GOLDEN_REQUEST)
  damaged[40]! ^= 1
  const refused = await rawRequest(
    'POST',
    '/net.Orchestrator/GetOrchestrator',
    { 'content-type': 'application/grpc', te: 'trailers' },
    damaged,
  )
  expect(refused.trailers['grpc-status']).toBe('2')
  expect(decodeURIComponent(`${refused.trailers['grpc-message']}`)).toContain('sig check failed')
})

test('a segment goes to a worker and comes back signed, measured and charged', async () => {
  const transcoder = new FakeTranscoder()
  worker(transcoder)
  await workers(1)
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  const source = segment()
  const delivered = await client.submitSegment({ quote, segment: source, profiles: PROFILES })
  expect(delivered.renditions.map(({ name }) => name)).toEqual(['480p', '360p'])
  const measured = delivered.renditions.map(({ bytes }) => measureSegment(bytes).pixels)
  expect(delivered.renditions.map((rendition) => rendition.pixels)).toEqual(measured)
  expect(delivered.nextQuote?.authToken).toEqual(quote.authToken)
  expect(transcoder.inputs[0]?.bytes).toEqual(source.bytes)
  expect(transcoder.inputs[0]?.profiles).toMatchObject(PROFILES.map(({ name, width }) => ({ name, width })))
  expect(payee.balances.get(quote.authToken.sessionId)).toBe(-measured.reduce((a, b) => a + b, 0n))
  expect(await status()).toMatchObject({ segments: 1, segmentFailures: 0, sessions: { active: 1 } })
  await client.endSession(quote)
  expect(await status()).toMatchObject({ sessions: { active: 0 }, storedBytes: 0 })
})

test('a segment whose worker dies in the middle is done by another', async () => {
  const first = new FakeTranscoder()
  first.gate = new Promise(() => undefined)
  const dying = worker(first)
  await workers(1)
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  const delivery = client.submitSegment({ quote, segment: segment(), profiles: PROFILES })
  await first.started.promise
  worker(new FakeTranscoder())
  await workers(2)
  await dying.close()
  expect((await delivery).renditions).toHaveLength(2)
  expect(await status()).toMatchObject({ segmentsRetried: 1, segments: 1 })
})

test('says in Livepeer’s words what is wrong with a request', async () => {
  worker(new FakeTranscoder())
  await workers(1)
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  const submit = (changes: Partial<Parameters<OrchestratorClient['submitSegment']>[0]>) =>
    client.submitSegment({ quote, segment: segment(), profiles: PROFILES, ...changes })

  const stranger = new OrchestratorClient({ clock: systemClock, signer: signerOf(ORCHESTRATOR_KEY) })
  cleanups.push(() => stranger[Symbol.asyncDispose]())
  await expect(
    stranger.submitSegment({ quote, segment: segment(), profiles: PROFILES }),
  ).rejects.toMatchObject({
    code: 'ORCHESTRATOR_QUOTE_STALE',
    facts: { status: 403, text: 'invalid auth token' },
  })

  payee.paymentRefusal = 'invalid ticket signature'
  const ticketParams = {
    recipient: payee.recipient,
    faceValue: 1n,
    winProb: 1n,
    recipientRandHash: `0x${'00'.repeat(32)}`,
    seed: 1n,
    expirationBlock: 1n,
    expirationParams: { creationRound: 0n, creationRoundBlockHash: `0x${'00'.repeat(32)}` },
  }
  const payment = {
    sender: signerOf(GATEWAY_KEY).address,
    ticketParams,
    tickets: [{ senderNonce: 1, signature: `0x${'11'.repeat(65)}` }],
    expectedPrice: { wei: 1n, units: 1n },
    // Branded numbers: the test writes them plainly.
  } as unknown as NonNullable<Parameters<OrchestratorClient['submitSegment']>[0]['payment']>
  await expect(submit({ payment })).rejects.toMatchObject({
    code: 'ORCHESTRATOR_PAYMENT_REFUSED',
    paymentFate: 'refused',
    facts: { status: 400, text: 'invalid ticket signature' },
  })

  payee.isFree = false
  payee.ticketWei = 5n
  await expect(submit({})).rejects.toMatchObject({
    code: 'ORCHESTRATOR_WANTS_PAYMENT',
    facts: { status: 400, text: 'Insufficient balance' },
  })
  expect(await rawRequest('POST', '/segment', { 'livepeer-payment': '!' })).toMatchObject({ status: 402 })
  expect(await rawRequest('POST', '/segment', { 'livepeer-segment': '!' })).toMatchObject({
    status: 403,
    text: 'ErrorSegEncoding\n',
  })
  payee.quoteRefusal = 'insufficient sender reserve'
  await expect(client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })).rejects.toMatchObject({
    code: 'ORCHESTRATOR_SENDER_UNFUNDED',
  })
})

test('a full orchestrator says so, and goes on with the sessions it has', async () => {
  worker(new FakeTranscoder())
  await workers(1)
  const quotes = await Promise.all(
    [1, 2, 3].map(() => client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })),
  )
  const submit = (i: number) =>
    client.submitSegment({ quote: quotes[i]!, segment: segment(), profiles: PROFILES })
  await submit(0)
  await submit(1)
  await expect(submit(2)).rejects.toMatchObject({ code: 'ORCHESTRATOR_FULL' })
  await expect(client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })).rejects.toMatchObject({
    code: 'ORCHESTRATOR_FULL',
  })
  await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' }, { isRefresh: true })
  await submit(0)
})

test('who does not pay takes no place from those who do', async () => {
  worker(new FakeTranscoder())
  await workers(1)
  payee.isFree = false
  payee.ticketWei = 5n
  const quotes = await Promise.all(
    [1, 2, 3].map(() => client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })),
  )
  for (const quote of quotes) {
    await expect(
      client.submitSegment({ quote, segment: segment(), profiles: PROFILES }),
    ).rejects.toMatchObject({ code: 'ORCHESTRATOR_WANTS_PAYMENT' })
  }
  expect(await status()).toMatchObject({ sessions: { active: 0, max: 2 } })
})

test('a segment beyond the fourth of a session is refused', async () => {
  const gate = Promise.withResolvers<void>()
  for (const _ of [1, 2]) {
    const transcoder = new FakeTranscoder()
    transcoder.gate = gate.promise
    worker(transcoder)
  }
  await workers(2)
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  const submit = (n: number) => client.submitSegment({ quote, segment: segment(n), profiles: PROFILES })
  const held = Promise.all([0, 1, 2, 3].map(submit))
  type Busy = { workers: { active: number }[] }
  await until(async () => {
    // The status names each worker's segments.
    const busy = (await status()) as unknown as Busy
    return busy.workers.reduce((sum, { active }) => sum + active, 0) === 4
  })
  await expect(submit(4)).rejects.toMatchObject({
    code: 'ORCHESTRATOR_FULL',
    paymentFate: 'credited',
    facts: { text: 'OrchestratorBusy' },
  })
  gate.resolve()
  await held
})

test('without a worker the answer is a failure that says so; a wrong secret gets no work', async () => {
  const wrong = Worker.start(
    parseWorkerConfig({ orchestratorUrl: orchestrator.serviceUrl, secret: 'not the secret' }),
    { ...common, transcoder: new FakeTranscoder() },
  )
  cleanups.push(() => wrong.close())
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  await expect(client.submitSegment({ quote, segment: segment(), profiles: PROFILES })).rejects.toMatchObject(
    {
      code: 'ORCHESTRATOR_TRANSCODE_FAILED',
      paymentFate: 'credited',
      facts: { text: 'no transcoders available' },
    },
  )
})

test('an orchestrator that is not there is unreachable, and the tickets were not sent', async () => {
  const quote = await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
  await orchestrator.close()
  await expect(client.getQuote(quote.url, { kind: 'transcode' })).rejects.toMatchObject({
    code: 'ORCHESTRATOR_UNREACHABLE',
  })
  await expect(client.submitSegment({ quote, segment: segment(), profiles: PROFILES })).rejects.toMatchObject(
    {
      code: 'ORCHESTRATOR_UNREACHABLE',
      paymentFate: 'not-sent',
    },
  )
})

test('garbage on the port disturbs nobody', async () => {
  for (let i = 0; i < 20; i++) {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(orchestrator.port, '127.0.0.1', () => socket.end(systemRandom.bytes(2000)))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
  }
  await client.getQuote(orchestrator.serviceUrl, { kind: 'transcode' })
})

test('a live pipeline runs over trickle channels, is charged, and ends at once with its worker', async () => {
  const started: Record<string, string>[] = []
  const runner = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    started.push(JSON.parse(body))
    response.setHeader('Content-Type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => runner.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => runner.close())
  const url = `http://127.0.0.1:${(runner.address() as AddressInfo).port}`
  const host = worker(new FakeTranscoder(), { url, models: new Map([['sketch', 1]]) })
  await until(async () => (await status()).runners === 1)

  const needs = { kind: 'live-video-to-video', modelId: 'sketch' } as const
  const quote = await client.getQuote(orchestrator.serviceUrl, needs)
  expect(quote.capabilities.models.get(35)?.get('sketch')).toMatchObject({ warm: true, capacity: 1 })
  const channels = await client.startRealtime({
    quote,
    streamId: 'demo',
    modelId: 'sketch',
    params: { strength: 1 },
  })
  expect(started[0]).toMatchObject({ subscribe_url: channels.publishUrl, publish_url: channels.subscribeUrl })
  await expect(client.getQuote(orchestrator.serviceUrl, needs)).rejects.toMatchObject({
    code: 'ORCHESTRATOR_FULL',
  })

  const publisher = new TricklePublisher(
    { url: channels.publishUrl, contentType: 'video/MP2T', acceptSelfSigned: true },
    { log: silentLog },
  )
  cleanups.push(() => publisher[Symbol.asyncDispose]())
  for (let i = 0; i < 2; i++) {
    await systemClock.sleep(120)
    const writer = publisher.segment()
    await writer.write(Uint8Array.of(0x47))
    await writer.close()
  }
  await until(() => (payee.balances.get(channels.manifestId) ?? 0n) < 0n)
  expect(payee.balances.get(channels.manifestId)).toBeLessThan(-27_648_00n)
  const fresh = await client.pay({
    quote,
    manifestId: channels.manifestId,
    needs,
    payment: { sender: signerOf(GATEWAY_KEY).address, tickets: [] },
  })
  expect(fresh?.authToken).toEqual(quote.authToken)
  expect(payee.purposes.at(-1)).toBe('live-video-to-video/sketch')

  const events = new TrickleSubscriber(
    { url: channels.eventsUrl, acceptSelfSigned: true, from: -1 },
    { clock: systemClock, log: silentLog },
  )
  cleanups.push(async () => events[Symbol.dispose]())
  const lastEvent = readFirst(events)
  await systemClock.sleep(100)
  await host.close()
  expect(JSON.parse(await lastEvent)).toMatchObject({ queue_event_type: 'error' })
  await until(async () => (await status()).realtime.active === 0)
  expect(await status()).toMatchObject({ realtimeStarted: 1, realtimeEnded: 1, runners: 0 })
})

async function readFirst(subscriber: TrickleSubscriber): Promise<string> {
  const { value } = await subscriber[Symbol.asyncIterator]().next()
  let text = ''
  for await (const part of value!.stream) text += new TextDecoder().decode(part)
  return text
}
