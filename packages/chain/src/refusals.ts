/** @module Refusals that callers tell apart: named by our contracts, worded by Livepeer's. */
import { BaseError } from '@tessera/runtime/errors'
import { RevertedError } from './errors.ts'

export type Refusal =
  /** Somebody was first: the wanted effect is there already. */
  | 'round-already-initialized'
  | 'reward-already-called'
  | 'ticket-used'
  /** Nobody has opened the round yet. */
  | 'round-not-open'
  /** A round, a period or a delay must pass first. */
  | 'too-early'

// Custom errors of our contracts; strings of livepeer/protocol, which mainnet runs.
const REASONS: Readonly<Record<Refusal, readonly string[]>> = {
  'round-already-initialized': ['RoundAlreadyInitialized', 'round already initialized'],
  'reward-already-called': ['RewardAlreadyCalled', 'caller has already called reward for the current round'],
  'ticket-used': ['TicketUsed', 'ticket is used'],
  'round-not-open': ['CurrentRoundIsNotInitialized', 'current round is not initialized'],
  'too-early': [
    'AccountIsLocked',
    'account is locked',
    'CallerPeriodNotStarted',
    'ChallengePeriodNotOver',
    'CurrentRoundIsLocked',
    'current round is locked',
    'RevealTooEarly',
    'RoundIsNotOver',
    'UpdateDelayNotExpired',
    'WithdrawRoundNotReached',
    'withdraw round must be before or equal to the current round',
  ],
}

/** True when a contract refused for this reason. */
export function isRefusal(error: unknown, refusal: Refusal): boolean {
  return (
    BaseError.isInstance(error) && error instanceof RevertedError && REASONS[refusal].includes(error.reason)
  )
}
