/** @module One demonstration: publish, watch everything, kill a node, wait for the money, report. */
import { eventsInRange } from '@tessera/chain/events-in-range'
import { publishSource } from '@tessera/media/source/publish-source'
import type { NetworkView } from '@tessera/protocol/network-view'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { silentLog } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { LocalNetwork } from '../network/local-network.ts'
import { type Failover, killWorkingOrchestrator, lost } from './failover.ts'
import { GatewayApi } from './gateway-api.ts'
import { RenditionChecker } from './rendition-checker.ts'
import { type DemoReport, problemsOf } from './report.ts'
import { watchRendition, watchStream } from './viewer.ts'
import { storedWins } from './won-tickets.ts'

export type DemoDeps = {
  readonly progress: (step: string) => void
  readonly signal: AbortSignal
}

export type DemoInput = { readonly seconds: number; readonly input?: string }

const STREAM = 'demo'
const APPEARS_WITHIN_MS = 30_000
/** Parameters expire, then the transaction is mined: a few blocks. */
const REDEEM_WITHIN_MS = 60_000

export class DemoRun {
  readonly #network: LocalNetwork
  readonly #deps: DemoDeps
  readonly #api: GatewayApi

  constructor(network: LocalNetwork, deps: DemoDeps) {
    this.#network = network
    this.#deps = deps
    this.#api = new GatewayApi(network.urls.watch, systemClock)
  }

  async run(input: DemoInput): Promise<DemoReport> {
    const failure = Promise.withResolvers<never>()
    failure.promise.catch(() => undefined)
    await using scope = new TaskScope({ onFailure: ({ error }) => failure.reject(error) })
    const onStop = () => failure.reject(this.#deps.signal.reason)
    this.#deps.signal.addEventListener('abort', onStop, { once: true })
    if (this.#deps.signal.aborted) onStop()
    return await Promise.race([this.#steps(input, scope), failure.promise])
  }

  async #steps(input: DemoInput, scope: TaskScope): Promise<DemoReport> {
    const { progress } = this.#deps
    const { signal } = scope
    const firstBlock = await this.#network.client.headNumber()
    const checker = new RenditionChecker(signal)
    const watched = this.#watch(checker, scope)
    progress(`publishing ${input.input ?? 'a generated picture'} for ${input.seconds} s`)
    const failover = this.#killHalfWay(input.seconds, signal)
    failover.catch(() => undefined)
    const published = await publishSource(
      { url: this.#network.urls.publish, seconds: input.seconds, ...(input.input && { input: input.input }) },
      { clock: systemClock, log: silentLog, signal },
    )
    progress(`published ${published.frames} frames; waiting until all of it can be watched`)
    const killed = await failover
    await watched
    await checker.finish()
    progress('starting the killed orchestrator again, to redeem what it had won')
    await this.#network.restartOrchestrator(killed.index)
    progress('waiting for the winning tickets to be redeemed and fees to be withdrawn')
    const ticketsWon = await this.#waitForMoney(firstBlock, signal)
    return this.#report({
      checker,
      failover: killed,
      firstBlock,
      framesIn: published.frames,
      ticketsWon,
      signal,
    })
  }

  /** Follows the ladder and the AI output to their ends. */
  #watch(checker: RenditionChecker, scope: TaskScope): Promise<void> {
    const done = Promise.withResolvers<void>()
    scope.run('viewer', async (signal) => {
      const options = { withinMs: APPEARS_WITHIN_MS, signal }
      const stream = await this.#api.waitFor('the stream', (view) => findStream(view), options)
      const deps = { clock: systemClock, onSegment: checker.add.bind(checker) }
      const ladder = watchStream(this.#api.url(stream.hlsPath), signal, deps)
      const ai = await this.#api.waitFor('the AI stream', (view) => findStream(view)?.ai, options)
      const aiOutput = watchRendition('ai', this.#api.url(ai.hlsPath), signal, deps)
      await Promise.all([ladder, aiOutput])
      done.resolve()
    })
    return done.promise
  }

  async #killHalfWay(seconds: number, signal: AbortSignal): Promise<Failover> {
    await this.#api.waitFor('the stream', findStream, { withinMs: APPEARS_WITHIN_MS, signal })
    await systemClock.sleep((seconds * 1000) / 2, { signal })
    this.#deps.progress('killing an orchestrator at work')
    const failover = await killWorkingOrchestrator(this.#network, this.#api, {
      clock: systemClock,
      signal,
      streamId: STREAM,
    })
    this.#deps.progress(`${failover.killed} was killed; another took over after ${failover.swapMs} ms`)
    return failover
  }

  /** Until every ticket that won is redeemed; a shortfall shows in the report. Gives the number of tickets won. */
  async #waitForMoney(firstBlock: bigint, signal: AbortSignal): Promise<number> {
    const start = systemClock.monotonicMs()
    while (true) {
      const wins = await Promise.all(
        this.#network.nodes.map(({ orchestrator }) => storedWins(String(orchestrator.facts.url))),
      )
      const won = wins.reduce((sum, count) => sum + count, 0)
      const { redeemed, withdrawnWei } = await this.#ledger(firstBlock)
      if (redeemed >= won && withdrawnWei > 0n) return won
      if (systemClock.monotonicMs() - start > REDEEM_WITHIN_MS) return won
      await systemClock.sleep(500, { signal })
    }
  }

  /** What the chain says happened since `firstBlock`. */
  async #ledger(firstBlock: bigint) {
    const { client, devnet } = this.#network
    const range = { from: firstBlock, to: await client.headNumber() }
    const events = await eventsInRange(client, devnet.contracts.addresses, range)
    let redeemed = 0
    let redeemedWei = 0n
    let withdrawnWei = 0n
    for (const event of events) {
      if (event.name === 'WinningTicketRedeemed') redeemed += 1
      if (event.name === 'WinningTicketTransfer') redeemedWei += event.args.amount
      if (event.name === 'WithdrawFees') withdrawnWei += event.args.amount
    }
    const rewards = events.flatMap((event) => (event.name === 'Reward' ? [event.args] : []))
    return { redeemed, redeemedWei, withdrawnWei, rewards }
  }

  async #report(run: {
    readonly checker: RenditionChecker
    readonly failover: Failover
    readonly firstBlock: bigint
    readonly framesIn: number
    readonly ticketsWon: number
    readonly signal: AbortSignal
  }): Promise<DemoReport> {
    const { checker, failover } = run
    const view = await this.#api.view(run.signal)
    const stream = findStream(view)
    if (!stream?.ai) throw new StreamVanishedError()
    const { ai: aiRendition, ...renditions } = checker.reports()
    const ledger = await this.#ledger(run.firstBlock)
    const facts = {
      stream: {
        segmentsIn: stream.segmentsIn,
        framesIn: run.framesIn,
        durationMs: stream.durationMs,
        renditions,
        lost: stream.segmentsLost,
        firstPlayableMs: stream.firstPlayableMs ?? 0,
      },
      payments: {
        ticketsSent: view.payments.ticketsSent,
        ticketsWon: run.ticketsWon,
        redeemed: ledger.redeemed,
        redeemedWei: String(ledger.redeemedWei),
        feesWithdrawnWei: String(ledger.withdrawnWei),
      },
      failover: {
        killed: failover.killed,
        segmentsLost: lost(view, STREAM) - failover.lostBefore,
        swapMs: failover.swapMs,
      },
      ai: {
        pipeline: stream.ai.pipeline,
        framesIn: stream.ai.framesIn,
        framesOut: aiRendition?.frames ?? 0,
        p50Ms: Math.round(stream.ai.p50Ms ?? 0),
        p95Ms: Math.round(stream.ai.p95Ms ?? 0),
      },
      staking: await this.#staking(ledger.rewards),
      urls: this.#network.urls,
    }
    const problems = [...problemsOf(facts), ...checker.differencesFrom('source')]
    return { ok: problems.length === 0, problems, ...facts }
  }

  async #staking(rewards: readonly { readonly transcoder: string; readonly amount: bigint }[]) {
    const { bondingManager, roundsManager } = this.#network.devnet.contracts
    const pool = await bondingManager.pool()
    return {
      round: String(await roundsManager.currentRound()),
      orchestrators: pool.map(({ address, stake }) => ({
        address,
        stakeWei: String(stake),
        rewardWei: String(
          rewards
            .filter(({ transcoder }) => transcoder.toLowerCase() === address.toLowerCase())
            .reduce((sum, { amount }) => sum + amount, 0n),
        ),
      })),
    }
  }
}

class StreamVanishedError extends BaseError {
  constructor() {
    super({
      code: 'DEMO_STREAM_VANISHED',
      message: 'The gateway no longer knows the stream that was published.',
    })
  }
}

function findStream(view: NetworkView) {
  return view.streams.find(({ id }) => id === STREAM)
}
