/** @module Takes earned fees out of the protocol when the amount is worth it, or when asked to. */
import type { Wei } from '@tessera/protocol/units'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { Mutex } from '@tessera/runtime/mutex'
import { isRoundEnding, type RoundPosition } from './claim-timing.ts'
import type { RoundTime } from './round-duties.ts'

/** Calls reject when the chain cannot be asked or refuses. */
export type FeeContracts = {
  /** Fees including those of redemptions not claimed yet. */
  pendingFees(): Promise<Wei>
  withdrawFees(amount: Wei, options: { readonly signal?: AbortSignal | undefined }): Promise<void>
}

export type FeeCollectorDeps = {
  readonly time: Pick<RoundTime, 'blockAfter'> & { view(): RoundPosition }
  readonly contracts: FeeContracts
  readonly log: Log
}

export class FeeCollector {
  readonly #threshold: bigint
  readonly #deps: FeeCollectorDeps
  readonly #mutex = new Mutex()
  #withdrawnWei = 0n

  /** @param config.threshold in wei: less is left where it is until somebody asks. */
  constructor(config: { readonly threshold: bigint }, deps: FeeCollectorDeps) {
    this.#threshold = config.threshold
    this.#deps = deps
  }

  /** By this process. */
  get withdrawnWei(): bigint {
    return this.#withdrawnWei
  }

  /** Withdraws at the ends of rounds: earlier in a round it would cost what the stake still earns in it. */
  async run(signal: AbortSignal): Promise<void> {
    const { time, log } = this.#deps
    while (!signal.aborted) {
      const view = time.view()
      const { l1Block } = view
      try {
        if (isRoundEnding(view)) await this.collect(this.#threshold, { signal })
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ reason: describeError(error) }, 'fees could not be withdrawn; next block again')
      }
      await time.blockAfter(l1Block, { signal })
    }
  }

  /**
   * Withdraws all fees if there are at least `atLeast` wei, whatever the time; resolves to the amount, 0 when there was
   * too little.
   */
  collect(atLeast: bigint, options: { readonly signal?: AbortSignal } = {}): Promise<bigint> {
    const { contracts, log } = this.#deps
    return this.#mutex.run(async () => {
      const fees = await contracts.pendingFees()
      if (fees === 0n || fees < atLeast) return 0n
      await contracts.withdrawFees(fees, options)
      this.#withdrawnWei += fees
      log.info({ wei: fees }, 'fees withdrawn')
      return fees
    })
  }
}
