/** @module Rounds and L1 blocks, kept fresh: the protocol's time for payments and round duties. */
import type { BlockNumber, Round } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { ChainClient } from './client.ts'
import type { RoundsManager } from './contracts/rounds-manager.ts'

/** All of one block. */
export type RoundView = {
  readonly currentRound: Round
  /** Equal to `currentRound` once the round is initialised. */
  readonly lastInitializedRound: Round
  /** Block hash stored for that round, 32 bytes. */
  readonly lastInitializedBlockHash: Hex
  /** As contracts see it; on a chain without an L1 its own block number. */
  readonly l1Block: BlockNumber
  /** L1 block in which the current round began. */
  readonly startBlock: BlockNumber
  /** In L1 blocks. */
  readonly roundLength: bigint
  /** Block of this chain that the view is of. */
  readonly blockNumber: bigint
}

export type RoundClockConfig = {
  /** Pause between looks at the chain, default 1 s. */
  readonly pollMs?: number
}

export type RoundClockDeps = {
  readonly client: ChainClient
  readonly roundsManager: RoundsManager
  readonly clock: Clock
  readonly log: Log
}

type Waiter = { readonly after: bigint; readonly wake: () => void }

/** While the RPC is down the last view stays. */
export class RoundClock implements AsyncDisposable {
  readonly #deps: RoundClockDeps
  readonly #scope = new TaskScope()
  readonly #waiters = new Set<Waiter>()
  #view: RoundView

  private constructor(view: RoundView, deps: RoundClockDeps) {
    this.#view = view
    this.#deps = deps
  }

  /** Reads the first view. @throws as `ChainClient.read`. */
  static async start(config: RoundClockConfig, deps: RoundClockDeps): Promise<RoundClock> {
    const clock = new RoundClock(await readView(deps), deps)
    clock.#scope.run('round clock', (signal) => clock.#follow(config.pollMs ?? 1000, signal))
    return clock
  }

  /** As of the last block seen. */
  view(): RoundView {
    return this.#view
  }

  /** Resolves once `view().l1Block` is greater than `after`; rejects with `signal.reason`. */
  blockAfter(after: BlockNumber, options: { readonly signal: AbortSignal }): Promise<void> {
    const { signal } = options
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      if (this.#view.l1Block > after) return resolve()
      const finish = (): void => {
        this.#waiters.delete(waiter)
        signal.removeEventListener('abort', onAbort)
      }
      const onAbort = (): void => {
        finish()
        reject(signal.reason)
      }
      const wake = (): void => {
        finish()
        resolve()
      }
      const waiter: Waiter = { after, wake }
      this.#waiters.add(waiter)
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Waiting calls of `blockAfter` are left to their signals. */
  close(): Promise<void> {
    return this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #follow(pollMs: number, signal: AbortSignal): Promise<void> {
    let isDown = false
    while (true) {
      await this.#deps.clock.sleep(pollMs, { signal })
      try {
        const head = await this.#deps.client.headNumber()
        if (head !== this.#view.blockNumber) this.#show(await readView(this.#deps))
        isDown = false
      } catch (error) {
        if (!BaseError.isInstance(error)) throw error
        if (!isDown) this.#deps.log.warn({ error }, 'round clock waits for the chain')
        isDown = true
      }
    }
  }

  #show(view: RoundView): void {
    this.#view = view
    for (const { after, wake } of [...this.#waiters]) if (view.l1Block > after) wake()
  }
}

async function readView({ client, roundsManager }: RoundClockDeps): Promise<RoundView> {
  const at = await client.headNumber()
  const [currentRound, lastInitializedRound, l1Block, startBlock, roundLength] = await Promise.all([
    roundsManager.currentRound(at),
    roundsManager.lastInitializedRound(at),
    roundsManager.l1Block(at),
    roundsManager.currentRoundStartBlock(at),
    roundsManager.roundLength(at),
  ])
  const lastInitializedBlockHash = await roundsManager.blockHashForRound(lastInitializedRound, at)
  return {
    currentRound,
    lastInitializedRound,
    lastInitializedBlockHash,
    l1Block,
    startBlock,
    roundLength,
    blockNumber: at,
  }
}
