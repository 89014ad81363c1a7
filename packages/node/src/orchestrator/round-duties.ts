/** @module What an orchestrator owes the protocol each round: open the round, call reward. Level-triggered. */
import type { BlockNumber, Round } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'

/** The chain as of the last block seen. */
export type RoundTime = {
  view(): {
    readonly currentRound: Round
    readonly lastInitializedRound: Round
    readonly l1Block: BlockNumber
  }
  blockAfter(after: BlockNumber, options: { readonly signal: AbortSignal }): Promise<void>
}

/** The two transactions and what decides whether they are due. Calls reject when the chain cannot be asked. */
export type RoundContracts = {
  /** Of this orchestrator. */
  standing(): Promise<{ readonly isActive: boolean; readonly lastRewardRound: Round }>
  initializeRound(round: Round, options: { readonly signal: AbortSignal }): Promise<void>
  reward(round: Round, options: { readonly signal: AbortSignal }): Promise<void>
}

export type RoundDutiesDeps = {
  readonly time: RoundTime
  readonly contracts: RoundContracts
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export type RoundDutiesConfig = {
  /** Several orchestrators open rounds: each waits a random time up to this before it tries, in ms. */
  readonly maxDelayMs: number
  readonly opensRounds: boolean
  readonly callsReward: boolean
}

/**
 * At each block it looks at what is due and does it, so that a missed block, a failed transaction or a restart is made
 * good by the next look. Losing the race for a round costs nothing: the simulation of the transaction refuses it.
 */
export class RoundDuties {
  readonly #config: RoundDutiesConfig
  readonly #deps: RoundDutiesDeps
  #opened = 0
  #rewards = 0

  constructor(config: RoundDutiesConfig, deps: RoundDutiesDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Done by this process. */
  get counts(): { readonly roundsOpened: number; readonly rewards: number } {
    return { roundsOpened: this.#opened, rewards: this.#rewards }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { time, log } = this.#deps
    while (!signal.aborted) {
      const { l1Block } = time.view()
      try {
        await this.look(signal)
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ reason: describeError(error) }, 'round duty failed; next block again')
      }
      await time.blockAfter(l1Block, { signal })
    }
  }

  /** One look at what is due. */
  async look(signal: AbortSignal): Promise<void> {
    const { time, contracts, clock, random, log } = this.#deps
    const { currentRound, lastInitializedRound } = time.view()
    if (lastInitializedRound < currentRound) {
      if (!this.#config.opensRounds) return
      await clock.sleep(random.uniform() * this.#config.maxDelayMs, { signal })
      // Someone else may have been first meanwhile.
      if (time.view().lastInitializedRound >= currentRound) return
      await contracts.initializeRound(currentRound, { signal })
      this.#opened++
      log.info({ round: currentRound }, 'round opened')
      return
    }
    if (!this.#config.callsReward) return
    const { isActive, lastRewardRound } = await contracts.standing()
    if (!isActive || lastRewardRound >= currentRound) return
    await contracts.reward(currentRound, { signal })
    this.#rewards++
    log.info({ round: currentRound }, 'reward called')
  }
}
