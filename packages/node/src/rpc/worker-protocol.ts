/** @module Headers and media types between an orchestrator and its remote workers (go-livepeer wire). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { keccak256 } from '@tessera/protocol/keccak'

export const WORKER_AUTHORIZATION = 'Livepeer-Transcoder-1.0'
/** Body of a failed task: the error text. */
export const TRANSCODING_ERROR_TYPE = 'livepeer/transcoding-error'
export const RESULTS_PATH = '/transcodeResults'
/**
 * Our extension, metadata of `RegisterAIWorker`: base URL at which the orchestrator reaches the worker's AI runner. The
 * registration's stream lasts as long as the worker, so a lost runner is known at once. go-livepeer ignores it, and
 * has no way for a live runner to announce itself on this call.
 */
export const RUNNER_URL_HEADER = 'tessera-runner-url'

/** Of secrets, in constant time whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const hash = (value: string): Uint8Array => keccak256(new TextEncoder().encode(value))
  return timingSafeEqual(hash(a), hash(b))
}

/**
 * Bearer token with which the orchestrator starts streams on its worker's runner. Derived from their secret, which
 * itself never travels over the runner's plain HTTP.
 */
export function runnerToken(secret: string): string {
  return createHmac('sha256', secret).update('tessera live runner').digest('hex')
}
