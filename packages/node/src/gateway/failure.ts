/** @module Why work at an orchestrator failed, and what follows from it for that orchestrator. */
import { BaseError } from '@tessera/runtime/errors'

/**
 * - `full`: no room now. Not a fault.
 * - `stale`: our token or ticket parameters ran out. A new quote mends it.
 * - `unreachable`: refused, reset or silent connection.
 * - `failed`: it answered with an error.
 * - `slow`: it missed the deadline, or another one overtook it.
 * - `bad-result`: what it delivered is not what was asked for.
 * - `unpaid`: it refused the payment, or we could not make one.
 * - `bad-input`: the segment itself cannot be transcoded, by anyone.
 */
export type FailureKind =
  | 'full'
  | 'stale'
  | 'unreachable'
  | 'failed'
  | 'slow'
  | 'bad-result'
  | 'unpaid'
  | 'bad-input'

type Consequence = {
  /** First pause before it is asked again, doubled at each failure in a row, in ms. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  /** Whether the failure says something about how far it can be relied on. */
  readonly isFault: boolean
  /** Whether its session (token, balance) is worth keeping. */
  readonly keepsSession: boolean
}

/** Pauses are short where waiting heals (a restart) and long where it does not (a liar). */
export const CONSEQUENCES: Readonly<Record<FailureKind, Consequence>> = {
  full: { firstPauseMs: 500, longestPauseMs: 5_000, isFault: false, keepsSession: true },
  stale: { firstPauseMs: 0, longestPauseMs: 2_000, isFault: false, keepsSession: false },
  unreachable: { firstPauseMs: 500, longestPauseMs: 10_000, isFault: true, keepsSession: false },
  failed: { firstPauseMs: 1_000, longestPauseMs: 30_000, isFault: true, keepsSession: false },
  slow: { firstPauseMs: 2_000, longestPauseMs: 30_000, isFault: true, keepsSession: true },
  'bad-result': { firstPauseMs: 10_000, longestPauseMs: 300_000, isFault: true, keepsSession: false },
  unpaid: { firstPauseMs: 1_000, longestPauseMs: 30_000, isFault: false, keepsSession: false },
  'bad-input': { firstPauseMs: 0, longestPauseMs: 0, isFault: false, keepsSession: true },
}

/** What an orchestrator delivered is not what was asked for. */
export class BadResultError extends BaseError {
  constructor(what: string, facts: BaseError['facts']) {
    super({
      code: 'BAD_RESULT',
      message: `An orchestrator delivered ${what}.`,
      facts,
      advice: 'The segment is sent to another orchestrator; nothing needs to be done.',
    })
  }
}
