/** @module Refusals that mean "somebody was first": named by our contracts, worded by Livepeer's. */
import { BaseError } from '@tessera/runtime/errors'
import { RevertedError } from './errors.ts'

export type Refusal = 'round-already-initialized' | 'reward-already-called' | 'ticket-used'

// Custom errors of our contracts; strings of livepeer/protocol, which mainnet runs.
const REASONS: Readonly<Record<Refusal, readonly string[]>> = {
  'round-already-initialized': ['RoundAlreadyInitialized', 'round already initialized'],
  'reward-already-called': ['RewardAlreadyCalled', 'caller has already called reward for the current round'],
  'ticket-used': ['TicketUsed', 'ticket is used'],
}

/** True when a contract refused for this reason: the wanted effect is there already. */
export function isRefusal(error: unknown, refusal: Refusal): boolean {
  return (
    BaseError.isInstance(error) && error instanceof RevertedError && REASONS[refusal].includes(error.reason)
  )
}
