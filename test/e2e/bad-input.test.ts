import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { RawPublisher } from '@tessera/media/rtmp/raw-publisher.fixture'
import { OrchestratorClient } from '@tessera/node/rpc/orchestrator-client'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { durationMs, seq, ticks90k } from '@tessera/protocol/units'
import { concatBytes, fromHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import type { BaseError } from '@tessera/runtime/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allPorts } from '../../apps/cli/src/network/ports.ts'
import { noise, shout } from './support/garbage.ts'
import { type RoleName, UpProcess } from './support/network.ts'
import {
  body,
  countTo,
  delivered,
  ended,
  framesIn,
  playlist,
  publish,
  segmentsDone,
} from './support/stream.ts'
import { until } from './support/until.ts'

const ENCODER = fileURLToPath(new URL('../../packages/media/src/rtmp/encoder.fixture.ts', import.meta.url))
const STACK_TRACE = /^\s+at /m
const ROLES: readonly RoleName[] = ['gateway', 'orchestrator 1', 'orchestrator 2', 'worker 1', 'worker 2']

describe('a network that is given what it cannot use', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-e2e-'))
  let network: UpProcess

  beforeAll(async () => {
    network = await UpProcess.start({ args: ['--data', folder] })
  })
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  const gatewayLog = () => readFileSync(join(folder, 'logs', 'gateway.log'), 'utf8')

  /** Publishes with FFmpeg, as fast as it can; resolves when it has ended, for whatever reason. */
  const encode = (job: object) =>
    new Promise<void>((resolve) => {
      const url = `rtmp://127.0.0.1:${network.ports.rtmp}/live/demo`
      const settings = { url, format: 'flv', width: 320, height: 180, bFrames: 0, audio: false, ...job }
      spawn(process.execPath, [ENCODER, JSON.stringify(settings)], { stdio: 'ignore' }).once('exit', () =>
        resolve(),
      )
    })

  it('tells a publisher with a wrong key, and a second one, why they are refused; the stream goes on', async () => {
    const publishing = publish(network, { seconds: 8 })
    await until('the first segment', async () => (await segmentsDone(network)) > 0)
    const [guessed, second] = await Promise.all(
      ['guess', 'demo'].map((key) =>
        publish(network, { seconds: 2 }, key).catch((error: BaseError) => error),
      ),
    )
    expect(guessed).toMatchObject({ code: 'SOURCE_REFUSED' })
    expect((guessed as BaseError).facts.reason).toMatch(/stream key is not known.*Publish to rtmp:/s)
    expect(second).toMatchObject({ code: 'SOURCE_REFUSED' })
    expect((second as BaseError).facts.reason).toMatch(/already being published.*Stop the other encoder/s)
    const { frames } = await publishing
    await ended(network, frames)
    expect((await delivered(network, '360p')).counters).toEqual(countTo(frames))
  })

  it('survives noise on every port', async () => {
    const pids = ROLES.map((role) => network.pidOf(role))
    const shouts = allPorts(network.ports).flatMap(({ port }) => [
      shout(port, noise(5_000, port)),
      shout(port, new Uint8Array(5_000)),
      shout(
        port,
        new TextEncoder().encode(`POST /segment HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{`),
      ),
      shout(port, new TextEncoder().encode(`GET /${'../'.repeat(20)}etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n`)),
    ])
    for (const answer of await Promise.all(shouts)) {
      expect(answer).not.toContain('root:')
      expect(answer).not.toMatch(STACK_TRACE)
    }
    expect(JSON.parse(new TextDecoder().decode(await body(network.url('/healthz'))))).toMatchObject({
      status: 'ok',
    })
    expect(ROLES.map((role) => network.pidOf(role))).toEqual(pids)
    expect(network.output).not.toContain('ended by itself')
  })

  it('names the codec that it does not take', async () => {
    const publisher = new RawPublisher(network.ports.rtmp)
    publisher.publish('live', 'demo')
    expect((await publisher.status())?.get('code')).toBe('NetStream.Publish.Start')
    publisher.media('video', 0, concatBytes(Uint8Array.of(0x90), new TextEncoder().encode('hvc1')))
    const words = String((await publisher.status())?.get('description'))
    expect(words).toMatch(/HEVC is not accepted yet.*Publish H\.264 video/s)
    await publisher.closed()
    await encode({ encoder: 'libx265', frames: 30, gop: 30 })
    await until('HEVC in the log', () => /HEVC is not accepted yet/.test(gatewayLog()))
    await encode({ encoder: 'flv', frames: 30, gop: 30 })
    expect(gatewayLog()).toContain('Sorenson H.263 is not accepted yet')
  })

  it('tells a publisher that sends no keyframes what to set', async () => {
    await encode({ encoder: 'libx264', frames: 30 * 13, gop: 10_000 })
    await until('the advice', () => /keyframe interval of the encoder to 2 s/.test(gatewayLog()))
  })

  it('gives up on a publisher that stops in the middle of a frame, and frees its key', async () => {
    const publisher = new RawPublisher(network.ports.rtmp)
    publisher.publish('live', 'demo')
    await publisher.status()
    // A chunk that announces 20,000 bytes of video, then 50 of them, then silence.
    publisher.socket.write(
      concatBytes(fromHex('06000000004e20090100000017010000 00'.replace(' ', '')), noise(50, 1)),
    )
    const words = String((await publisher.status())?.get('description'))
    expect(words).toMatch(/sent nothing of use.*publish again/s)
    await publisher.closed()
  })

  it('refuses a ticket with a bad signature and works no more for it', async () => {
    const signer = privateKeySigner(fromHex(devPrivateKey(1)))
    await using client = new OrchestratorClient({ clock: systemClock, signer })
    const url = `https://127.0.0.1:${network.ports.orchestrators[0]?.service}`
    const quote = await client.getQuote(url, { kind: 'transcode' })
    const [source] = (await playlist(network, 'source')).segments
    const { ticketParams, price } = quote
    const refused = await client
      .submitSegment({
        quote,
        profiles: DEFAULT_LADDER.slice(-1),
        payment: {
          sender: signer.address,
          ticketParams: ticketParams!,
          expectedPrice: price!,
          tickets: [{ senderNonce: 1, signature: `0x${'11'.repeat(64)}1b` }],
        },
        segment: {
          manifestId: 'demo',
          seq: seq(0),
          start: ticks90k(0),
          duration: durationMs(2_000),
          bytes: await body(source!.url),
          frames: 50,
          discontinuity: false,
        },
      })
      .catch((error: BaseError) => error)
    expect(refused).toMatchObject({ code: 'ORCHESTRATOR_PAYMENT_REFUSED', paymentFate: 'refused' })
  })

  it('takes a good stream after all of that, and has told its user nothing of it', async () => {
    const before = await framesIn(network)
    const listed = (await playlist(network, 'source')).segments.length
    const { frames } = await publish(network, { seconds: 4 })
    await ended(network, before + frames)
    expect((await delivered(network, '360p', listed)).counters).toEqual(countTo(frames))
    expect(network.output).not.toContain('ended by itself')
    expect(network.output).not.toMatch(STACK_TRACE)
  })
})
