import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChainEvent } from '@tessera/chain/events'
import { sameAddress } from '@tessera/protocol/address'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storedWins } from '../../apps/cli/src/demo/won-tickets.ts'
import {
  chainLedger,
  GATEWAY,
  INITIAL_SUPPLY,
  type Ledger,
  ORCHESTRATORS,
  winsInBooks,
} from './support/ledger.ts'
import { type RoleName, UpProcess } from './support/network.ts'
import { descendantsOf } from './support/processes.ts'
import {
  body,
  countTo,
  delivered,
  ended,
  framesIn,
  playlist,
  publish,
  segmentsDone,
  text,
} from './support/stream.ts'
import { until } from './support/until.ts'

const SECONDS = 12

describe('a stream while parts of the network die', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-e2e-'))
  let network: UpProcess

  beforeAll(async () => {
    network = await UpProcess.start({ args: ['--data', folder] })
  })
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  /** Publishes, lets `harm` happen once segments come out, and checks that every frame of this publication is there. */
  async function survives(harm: () => Promise<void>): Promise<void> {
    const framesBefore = await framesIn(network)
    const segmentsBefore = framesBefore === 0 ? 0 : (await playlist(network, 'source')).segments.length
    const publishing = publish(network, { seconds: SECONDS })
    await until('the first segment', async () => {
      return (await framesIn(network)) > framesBefore && (await delivering(segmentsBefore))
    })
    await harm()
    const { frames } = await publishing
    await ended(network, framesBefore + frames)
    expect(await network.stream()).toMatchObject({ framesIn: framesBefore + frames, segmentsLost: 0 })
    const source = await delivered(network, 'source', segmentsBefore)
    const rendition = await delivered(network, '360p', segmentsBefore)
    expect(source.counters).toEqual(countTo(frames))
    expect(rendition.counters).toEqual(source.counters)
    expect(rendition.pts).toEqual(source.pts)
  }

  async function delivering(segmentsBefore: number): Promise<boolean> {
    return (await playlist(network, 'source')).segments.length > segmentsBefore
  }

  /** The orchestrator that has a segment in work, else the one that made the newest. */
  async function workingNode(): Promise<1 | 2> {
    return until('an orchestrator at work', async () => {
      const { streams, orchestrators } = await network.view()
      const segments = streams[0]?.segments.filter(({ orchestrator }) => orchestrator) ?? []
      const segment = segments.find(({ state }) => state === 'working') ?? segments[0]
      const at = orchestrators.find(({ address }) => sameAddress(address, segment!.orchestrator!))
      if (!at) return undefined
      return Number(new URL(at.url).port) === network.ports.orchestrators[0]?.service ? 1 : 2
    })
  }

  it('loses no frame when the orchestrator at work is killed, and takes it up again', async () => {
    await survives(async () => {
      await network.killAndAwaitReturn(`orchestrator ${await workingNode()}`)
    })
    await until('both orchestrators to be ready', async () =>
      (await network.view()).orchestrators.every(({ state }) => state === 'ready'),
    )
  })

  it('loses no frame when the worker behind it is killed', async () => {
    await survives(async () => network.killAndAwaitReturn(`worker ${await workingNode()}`))
  })

  it('loses no frame when codec and AI processes are killed under their workers', async () => {
    await survives(async () => {
      const workers: readonly RoleName[] = ['worker 1', 'worker 2']
      const children = workers.flatMap((role) => descendantsOf(network.pidOf(role)))
      const codecs = children.filter(({ command }) => command.includes('transcode-child'))
      const models = children.filter(({ command }) => command.includes('realtime-child'))
      expect(codecs.length).toBeGreaterThan(0)
      expect(models.length).toBeGreaterThan(0)
      for (const { pid } of [...codecs, ...models]) process.kill(pid, 'SIGKILL')
    })
    // The AI leg went on elsewhere or anew, and said so.
    expect((await network.stream())?.ai?.state).toBe('ended')
  })

  it('goes on in the same playlist when the gateway is killed and the publisher comes back', async () => {
    const before = (await playlist(network, 'source')).segments.length
    const publishing = publish(network, { seconds: 30 }).catch((error: unknown) => error)
    await until('two new segments', async () => {
      return (await playlist(network, 'source')).segments.length >= before + 2
    })
    const kept = (await playlist(network, 'source')).segments
    await network.killAndAwaitReturn('gateway')
    expect(await publishing).toMatchObject({ isTesseraError: true })
    const framesBefore = await framesIn(network)
    for (const { url } of kept) expect((await body(url)).length).toBeGreaterThan(0)
    const segmentsBefore = (await playlist(network, 'source')).segments.length
    expect(segmentsBefore).toBeGreaterThanOrEqual(kept.length)

    // As OBS and ffmpeg do when they are told to reconnect: the same key again.
    const { frames } = await publish(network, { seconds: 6 })
    await ended(network, framesBefore + frames)
    const again = await delivered(network, 'source', segmentsBefore)
    expect(again.counters).toEqual(countTo(frames))
    expect((await delivered(network, '360p', segmentsBefore)).pts).toEqual(again.pts)
    expect(await text(network.url('/stream/demo/source.m3u8'))).toContain('#EXT-X-DISCONTINUITY\n')
    expect(await segmentsDone(network)).toBeGreaterThan(0)
  })

  it('has redeemed every ticket that was won, and its books equal the chain', async () => {
    await until('all tickets that were won to be redeemed', async () => {
      const won = await Promise.all(
        network.ports.orchestrators.map(({ service }) => storedWins(`https://127.0.0.1:${service}`)),
      )
      const { redeemed } = (await network.view()).payments
      return redeemed > 0 && redeemed === won.reduce((sum, count) => sum + count, 0)
    })
    const ledger = await chainLedger(network.ports.rpc)
    await network.interrupt()

    const redemptions = ledger.events.filter((event) => event.name === 'WinningTicketRedeemed')
    for (const [index, orchestrator] of ORCHESTRATORS.entries()) {
      const wins = winsInBooks(folder, index + 1)
      const mine = redemptions.filter(({ args }) => sameAddress(args.recipient, orchestrator))
      expect(wins.filter(({ state }) => !['mined', 'final'].includes(state.kind))).toEqual([])
      expect(mine).toHaveLength(wins.length)
      expect(sum(mine.map(({ args }) => args.faceValue))).toBe(
        sum(wins.map(({ winning }) => winning.ticket.faceValue)),
      )
    }
    const paid = sum(redemptions.map(({ args }) => args.faceValue))
    expect(redemptions.every(({ args }) => sameAddress(args.sender, GATEWAY))).toBe(true)
    expect(ledger.deposit).toBe(sum(amounts(ledger, 'DepositFunded')) - paid)
    expect(ledger.reserve).toBe(sum(amounts(ledger, 'ReserveFunded')))

    // All of it is earned by somebody. Shares are rounded down: a few wei a redemption stay in the contract.
    const roundedAway = paid - sum(amounts(ledger, 'WithdrawFees')) - ledger.pendingFees
    expect(roundedAway).toBeGreaterThanOrEqual(0n)
    expect(roundedAway).toBeLessThan(1_000n * BigInt(redemptions.length))
    const minted = sum(amounts(ledger, 'Reward')) + sum(amounts(ledger, 'TreasuryReward'))
    expect(minted).toBeGreaterThan(0n)
    expect(ledger.supply).toBe(INITIAL_SUPPLY + minted)
  })
})

type WithAmount = Extract<ChainEvent, { readonly args: { readonly amount: bigint } }>

/** Amounts of all events of that name. */
function amounts(ledger: Ledger, name: WithAmount['name']): readonly bigint[] {
  return ledger.events.flatMap((event) =>
    event.name === name && 'amount' in event.args ? [event.args.amount] : [],
  )
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)
