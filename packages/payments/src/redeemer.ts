/** @module Turns winning tickets into money, however often it is interrupted. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { Log } from '@tessera/runtime/log'
import type { Metrics } from '@tessera/runtime/metrics'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { Broker, ChainClock, RedemptionCost } from './ports.ts'
import { nextStep, type WaitReason } from './redemption-step.ts'
import type { StoredWin, TicketStore } from './ticket-store.ts'

export type RedeemerConfig = {
  readonly recipient: Address
  /** As the broker contract says (Livepeer: 2). */
  readonly validityRounds: bigint
  /** Blocks after which a redemption counts as final: no reorganisation goes that deep. */
  readonly finalBlocks: bigint
  /** Redemptions under way at a time. */
  readonly concurrency: number
}

export type RedeemerDeps = {
  readonly store: TicketStore
  readonly broker: Broker
  readonly cost: RedemptionCost
  readonly chain: ChainClock
  readonly log: Log
  readonly metrics: Metrics
}

/**
 * Level-triggered: at each block it looks at every open win and does what its state and the chain ask for, so a crash
 * at any point is made good by the next look. Only the chain's own record of used tickets ends a redemption.
 *
 * won → redeeming (remembered before anything is sent) → mined → final; a reorganisation leads back to won.
 */
export class Redeemer implements AsyncDisposable {
  readonly #config: RedeemerConfig
  readonly #deps: RedeemerDeps
  readonly #scope: TaskScope
  readonly #running = new Map<Hex, Promise<void>>()
  readonly #waiting = new Map<Hex, WaitReason>()
  readonly #redeemed: ReturnType<Metrics['counter']>

  constructor(config: RedeemerConfig, deps: RedeemerDeps) {
    this.#config = config
    this.#deps = deps
    this.#scope = new TaskScope({
      onFailure: ({ task, error }) => deps.log.error({ task, error }, 'redemption stopped'),
    })
    this.#redeemed = deps.metrics.counter({
      name: 'payments_tickets_redeemed_total',
      help: 'Winning tickets whose redemption is final.',
    })
  }

  /** Runs until the redeemer is closed. */
  start(): void {
    this.#scope.run('redeem winning tickets', (signal) => this.#loop(signal))
  }

  /** Why tickets that won are not being redeemed now. */
  get waiting(): ReadonlyMap<Hex, WaitReason> {
    return this.#waiting
  }

  /** One look at all open wins. Redemptions it starts go on after it; `idle` waits for them. */
  async pass(): Promise<void> {
    for (const win of await this.#deps.store.openWins()) {
      if (this.#running.has(win.hash)) continue
      try {
        await this.#look(win)
      } catch (error) {
        this.#deps.log.warn(
          { ticket: win.hash, error },
          'winning ticket could not be looked at; next block again',
        )
      }
    }
  }

  /** Resolves when no redemption is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  close(): Promise<void> {
    return this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { l1Block } = this.#deps.chain.view()
      await this.pass().catch((error: unknown) => {
        this.#deps.log.warn({ error }, 'winning tickets could not be read; next block again')
      })
      await this.#deps.chain.blockAfter(l1Block, { signal })
    }
  }

  async #look(win: StoredWin): Promise<void> {
    if (await this.#deps.broker.isUsed(win.hash)) return this.#settle(win)
    if (win.state.kind === 'mined') {
      this.#deps.log.warn({ ticket: win.hash }, 'redemption was undone by a reorganisation; redeeming again')
      await this.#deps.store.setWinState(win.hash, { kind: 'won' })
    }
    if (this.#running.size >= this.#config.concurrency) return
    const step = nextStep(win, await this.#facts(win))
    if (step.kind === 'redeem') return this.#redeem(win)
    if (step.kind === 'wait') return this.#wait(win, step.reason)
    this.#deps.log.error({ ticket: win.hash, reason: step.reason }, 'winning ticket lost')
    this.#waiting.delete(win.hash)
    await this.#deps.store.setWinState(win.hash, step)
  }

  /** Used on chain: final once that is old enough. */
  async #settle(win: StoredWin): Promise<void> {
    const { store, chain, log } = this.#deps
    const { state, hash } = win
    this.#waiting.delete(hash)
    if (state.kind !== 'mined')
      return store.setWinState(hash, { kind: 'mined', sinceBlock: chain.view().l1Block })
    if (chain.view().l1Block < state.sinceBlock + this.#config.finalBlocks) return
    const { transaction } = state
    await store.setWinState(hash, { kind: 'final', ...(transaction && { transaction }) })
    this.#redeemed.add(1)
    log.info({ ticket: hash, faceValue: win.winning.ticket.faceValue, transaction }, 'ticket redeemed')
  }

  async #facts({ winning }: StoredWin) {
    const { broker, cost, chain } = this.#deps
    const { sender } = winning.ticket
    const [info, claimable, price] = await Promise.all([
      broker.senderInfo(sender),
      broker.claimableReserve(sender, this.#config.recipient),
      cost.redemptionCost(),
    ])
    const { validityRounds } = this.#config
    return { view: chain.view(), sender: info, claimable, cost: price, validityRounds }
  }

  async #redeem(win: StoredWin): Promise<void> {
    this.#waiting.delete(win.hash)
    await this.#deps.store.setWinState(win.hash, { kind: 'redeeming' })
    this.#scope.run(`redeem ${win.hash}`, (signal) => {
      const work = this.#send(win, signal).finally(() => this.#running.delete(win.hash))
      this.#running.set(win.hash, work)
      return work
    })
  }

  async #send({ winning, hash }: StoredWin, signal: AbortSignal): Promise<void> {
    const { broker, store, chain, log } = this.#deps
    try {
      const { transaction } = await broker.redeem(winning, { key: `redeem:${hash}`, signal })
      await store.setWinState(hash, { kind: 'mined', sinceBlock: chain.view().l1Block, transaction })
    } catch (error) {
      if (signal.aborted) return
      this.#waiting.set(hash, 'failed')
      log.warn({ ticket: hash, error }, 'redemption failed; next block again')
    }
  }

  #wait({ hash }: StoredWin, reason: WaitReason): void {
    if (this.#waiting.get(hash) === reason) return
    this.#waiting.set(hash, reason)
    this.#deps.log.debug({ ticket: hash, reason }, 'winning ticket waits')
  }
}
