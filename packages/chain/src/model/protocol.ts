/** @module The protocol as a pure model: predicts to the wei what an action does on chain. No I/O. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { ProtocolParams } from '../deploy/params.ts'
import type { Action } from './actions.ts'
import type { ProtocolEvent } from './events.ts'
import { billionths, millionths, rays } from './fractions.ts'
import { perform } from './perform.ts'
import { Reads } from './reads.ts'
import { Revert } from './revert.ts'
import { startMinter, startStake } from './rows.ts'
import { State } from './state.ts'
import { mintTokens } from './token.ts'

/** What an action leads to. A refused one leaves no trace. */
export type Outcome =
  | { readonly ok: true; readonly events: readonly ProtocolEvent[] }
  | { readonly ok: false; readonly error: Revert }

export type ModelParams = Omit<
  ProtocolParams,
  'controllerOwner' | 'stablecoin' | 'governance' | 'polls' | 'verifier' | 'genesis'
>

/** Accounts with a special part; checksummed addresses. The zero address, or nothing, for nobody. */
export type ModelAccounts = {
  readonly owner: Address
  readonly minter: Address
  readonly treasury?: Address
  /** May slash. */
  readonly verifier?: Address
}

export type ModelStart = {
  readonly accounts: ModelAccounts
  /** Block of the deployment; the first round is `block ÷ roundLength`. */
  readonly block?: bigint
  /** Whether BondingVotes is deployed; yes unless said. */
  readonly keepsVotes?: boolean
  /** LPT wei by holder. */
  readonly balances?: Iterable<readonly [holder: Address, amount: bigint]>
}

/**
 * A running protocol, deployed with `params`, at `start.block` (default: the start of round 1), not initialized.
 * @example
 * const protocol = createProtocol(mainnetParams, { accounts, balances: [[alice, lpt(1000n)]] })
 * protocol.apply({ by: alice, call: 'initializeRound' })
 * protocol.apply({ by: alice, call: 'bond', amount: 10n, to: alice })
 * protocol.read.pendingStake(alice) // 10n
 */
export function createProtocol(params: ModelParams, start: ModelStart): Protocol {
  const { accounts, block = params.roundLength } = start
  const state = State.empty({
    system: {
      owner: accounts.owner,
      minter: accounts.minter,
      treasury: accounts.treasury ?? ZERO_ADDRESS,
      verifier: accounts.verifier ?? ZERO_ADDRESS,
      isPaused: false,
      keepsVotes: start.keepsVotes ?? true,
    },
    rounds: {
      block,
      parentHash: `0x${'00'.repeat(32)}`,
      roundLength: params.roundLength,
      roundLockAmount: millionths.of(params.roundLockAmount),
      lastInitializedRound: 0n,
      lastLengthUpdateRound: block / params.roundLength,
      lastLengthUpdateStartBlock: block - (block % params.roundLength),
    },
    stake: {
      ...startStake,
      unbondingPeriod: params.unbondingPeriod,
      nextRoundTreasuryRewardCutRate: rays.of(params.treasuryRewardCutRate),
      treasuryBalanceCeiling: params.treasuryBalanceCeiling,
    },
    minter: {
      ...startMinter,
      inflation: billionths.of(params.inflation),
      inflationChange: billionths.of(params.inflationChange),
      targetBondingRate: billionths.of(params.targetBondingRate),
    },
    broker: { unlockPeriod: params.unlockPeriod, ticketValidityPeriod: params.ticketValidityPeriod },
    poolSize: params.numActiveOrchestrators,
  })
  for (const [holder, amount] of start.balances ?? []) mintTokens(state, holder, amount)
  state.takeEvents()
  state.journal.commit()
  return new Protocol(state)
}

/** Mutable: `apply` moves it on. For "what if", `preview` or `fork`. */
export class Protocol {
  /** What anybody can see. */
  readonly read: Reads
  readonly #state: State

  constructor(state: State) {
    this.#state = state
    this.read = new Reads(state)
  }

  /** Carries out one action, wholly or not at all. */
  apply(action: Action): Outcome {
    const outcome = this.#run(action)
    if (outcome.ok) this.#state.journal.commit()
    return outcome
  }

  /** What `apply` would give. Changes nothing. */
  preview(action: Action): Outcome {
    const outcome = this.#run(action)
    if (outcome.ok) this.#state.journal.rollback()
    return outcome
  }

  /** An independent copy, for predictions of several steps. */
  fork(): Protocol {
    return new Protocol(this.#state.fork())
  }

  /** Moves the clock. `parentHash`: of the block before, which a round that starts in this block remembers. */
  moveTo(block: bigint, parentHash?: Hex): void {
    this.#state.cells.rounds.update({ block, ...(parentHash && { parentHash }) })
    this.#state.journal.commit()
  }

  /** Moves the clock to the first block of `round`. */
  moveToRound(round: bigint, parentHash?: Hex): void {
    const { roundLength, lastLengthUpdateRound, lastLengthUpdateStartBlock } = this.#state.cells.rounds.row
    this.moveTo(lastLengthUpdateStartBlock + (round - lastLengthUpdateRound) * roundLength, parentHash)
  }

  #run(action: Action): Outcome {
    try {
      perform(this.#state, action)
      return { ok: true, events: this.#state.takeEvents() }
    } catch (error) {
      this.#state.journal.rollback()
      this.#state.takeEvents()
      if (error instanceof Revert) return { ok: false, error }
      throw error
    }
  }
}
