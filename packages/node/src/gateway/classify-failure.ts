/** @module From an error's code to what it says about the orchestrator. */
import { BaseError } from '@tessera/runtime/errors'
import type { FailureKind } from './failure.ts'

const KINDS: Readonly<Record<string, FailureKind>> = {
  ORCHESTRATOR_UNREACHABLE: 'unreachable',
  ORCHESTRATOR_TIMEOUT: 'slow',
  ORCHESTRATOR_FULL: 'full',
  ORCHESTRATOR_WANTS_PAYMENT: 'stale',
  ORCHESTRATOR_QUOTE_STALE: 'stale',
  ORCHESTRATOR_NONCE_SEEN: 'stale',
  ORCHESTRATOR_SENDER_UNFUNDED: 'unpaid',
  ORCHESTRATOR_PAYMENT_REFUSED: 'unpaid',
  ORCHESTRATOR_REFUSED: 'failed',
  ORCHESTRATOR_SEGMENT_INVALID: 'bad-input',
  ORCHESTRATOR_TRANSCODE_FAILED: 'failed',
  ORCHESTRATOR_BAD_ANSWER: 'bad-result',
  BAD_RESULT: 'bad-result',
  REALTIME_STALLED: 'slow',
  TRICKLE_CLOSED: 'failed',
  TRICKLE_REQUEST: 'unreachable',
  PRICE_RAISED: 'unpaid',
  PAYMENT_PARAMS_EXPIRED: 'stale',
}

/** `failed` for errors nobody named. */
export function classifyFailure(error: unknown): FailureKind {
  if (!BaseError.isInstance(error)) return 'failed'
  const known = KINDS[error.code]
  if (known) return known
  // Tickets that could not be made: nothing the orchestrator did.
  return error.code.startsWith('PAYMENT_') ? 'unpaid' : 'failed'
}
