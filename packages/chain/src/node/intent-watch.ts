/** @module Follows one sent transaction until the chain has decided on it. */
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { ChainClient } from '../client.ts'
import type { TransactionReceipt } from '../transaction-call.ts'
import { type IntentSender, transactionCount } from './intent-sender.ts'
import type { Intent, IntentStore } from './intent-store.ts'
import { explainRevert, findOutcome } from './receipts.ts'

export type IntentWatchConfig = {
  readonly replaceAfterMs: number
  readonly confirmations: number
  readonly pollMs: number
}

export type IntentWatchDeps = {
  readonly client: ChainClient
  readonly sender: IntentSender
  readonly store: IntentStore
  readonly clock: Clock
  readonly log: Log
}

/** The first look at a receipt comes soon: development chains mine at once. */
const FIRST_POLL_MS = 5
/** Polls between two broadcasts of the same bytes: heals a transaction that the mempool dropped. */
const POLLS_PER_REPEAT = 10
/** Looks that must agree before a nonce counts as taken by someone else: pools of nodes disagree for a moment. */
const LOOKS_BEFORE_SUPERSEDED = 3

type Watch = { intent: Intent; versionSentAtMs: number; polls: number; supersededLooks: number }

/**
 * Repeats and replaces the transaction as needed. Waits without limit; `signal` ends it.
 * @throws {RevertedError} when it was mined and failed.
 */
export async function watchIntent(
  sent: Intent,
  config: IntentWatchConfig,
  deps: IntentWatchDeps,
  signal: AbortSignal,
): Promise<TransactionReceipt> {
  const { clock, log } = deps
  const watch: Watch = { intent: sent, versionSentAtMs: clock.monotonicMs(), polls: 0, supersededLooks: 0 }
  for (let pauseMs = FIRST_POLL_MS; ; pauseMs = Math.min(2 * pauseMs, config.pollMs)) {
    try {
      const receipt = await settle(watch.intent, config, deps)
      if (receipt) return receipt
      await push(watch, config, deps)
    } catch (error) {
      if (!BaseError.isInstance(error) || !error.retryable) throw error
      log.warn({ key: sent.key, what: sent.call.what, error }, 'transaction waits for the chain')
    }
    await clock.sleep(pauseMs, { signal })
  }
}

/** The receipt once it is deep enough. Read anew each time, so that reorgs are seen. */
async function settle(
  intent: Intent,
  config: IntentWatchConfig,
  deps: IntentWatchDeps,
): Promise<TransactionReceipt | undefined> {
  const { client, sender, store } = deps
  for (const { hash } of intent.attempts) {
    const outcome = await findOutcome(client, hash)
    if (!outcome) continue
    const { receipt, succeeded } = outcome
    const missing = BigInt(config.confirmations - 1)
    if (missing > 0n && (await client.headNumber()) < receipt.blockNumber + missing) return undefined
    sender.release(intent)
    await store.put(sender.scope, { ...intent, state: succeeded ? 'mined' : 'reverted', receipt })
    if (!succeeded) throw await explainRevert(client, sender.scope.sender, intent.call, receipt)
    return receipt
  }
  return undefined
}

/** Whatever brings an unmined transaction forward. */
async function push(watch: Watch, config: IntentWatchConfig, deps: IntentWatchDeps): Promise<void> {
  const { sender, clock, log } = deps
  const { intent } = watch
  watch.polls++
  watch.supersededLooks = (await isNonceUsed(intent, deps)) ? watch.supersededLooks + 1 : 0
  if (watch.supersededLooks >= LOOKS_BEFORE_SUPERSEDED) {
    log.warn({ key: intent.key, nonce: intent.nonce }, 'nonce was used by another sender of this key')
    sender.release(intent)
    watch.intent = await sender.send(intent.key, intent.call)
  } else if (clock.monotonicMs() - watch.versionSentAtMs >= config.replaceAfterMs) {
    // Reset first: a failed replacement waits a full turn, too.
    watch.versionSentAtMs = clock.monotonicMs()
    watch.intent = await sender.replace(intent)
  } else if (watch.polls % POLLS_PER_REPEAT === 0) {
    await sender.fillGapBefore(intent)
    await sender.repeat(intent)
  }
}

/** True when some transaction of the key took the nonce. */
export async function isNonceUsed(
  intent: Intent,
  deps: Pick<IntentWatchDeps, 'client' | 'sender'>,
): Promise<boolean> {
  const mined = await transactionCount(deps.client, deps.sender.scope.sender, 'latest')
  return mined > intent.nonce
}
