/** @module Sends the transactions of one key: each intended effect once, over crashes, lost nodes and fee changes. */
import type { Address } from '@tessera/protocol/address'
import { toHex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { ScopeClosedError, TaskScope } from '@tessera/runtime/task-scope'
import type { ChainClient } from '../client.ts'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'
import { IntentSender } from './intent-sender.ts'
import type { Intent, IntentStore } from './intent-store.ts'
import { type IntentWatchConfig, type IntentWatchDeps, isNonceUsed, watchIntent } from './intent-watch.ts'
import { findOutcome } from './receipts.ts'
import type { TransactionSigner } from './signer.ts'

export type TransactionManagerConfig = {
  /** No fee above it is ever offered, in wei for one unit of gas. Default 100 gwei. */
  readonly maxFeePerGas?: bigint
  /** A transaction that is in no block for so long is sent again with higher fees. Default 60 s. */
  readonly replaceAfterMs?: number
  /** Default 5; afterwards the last version is only repeated. */
  readonly maxReplacements?: number
  /** Blocks that must hold the transaction, its own included. Default 1. */
  readonly confirmations?: number
  /** Longest pause between looks at the chain. Default 500 ms. */
  readonly pollMs?: number
}

export type TransactionManagerDeps = {
  readonly client: ChainClient
  readonly signer: TransactionSigner
  readonly store: IntentStore
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/**
 * One per key and process. `execute` persists the signed transaction before it is broadcast, so after a crash `start`
 * broadcasts the same bytes again and a transaction can never be doubled.
 */
export class TransactionManager implements AsyncDisposable {
  readonly address: Address
  readonly #deps: TransactionManagerDeps
  readonly #sender: IntentSender
  readonly #watch: IntentWatchConfig
  readonly #scope = new TaskScope()
  readonly #running = new Map<string, Promise<TransactionReceipt>>()

  private constructor(config: TransactionManagerConfig, deps: TransactionManagerDeps) {
    this.address = deps.signer.address
    this.#deps = deps
    this.#sender = new IntentSender(
      { maxFeePerGas: config.maxFeePerGas ?? 100_000_000_000n, maxReplacements: config.maxReplacements ?? 5 },
      deps,
    )
    this.#watch = {
      replaceAfterMs: config.replaceAfterMs ?? 60_000,
      confirmations: config.confirmations ?? 1,
      pollMs: config.pollMs ?? 500,
    }
  }

  /** Takes up every intent that an earlier process left open. */
  static async start(
    config: TransactionManagerConfig,
    deps: TransactionManagerDeps,
  ): Promise<TransactionManager> {
    const manager = new TransactionManager(config, deps)
    const open = await deps.store.open(manager.#sender.scope)
    for (const intent of open) manager.#sender.adopt(intent)
    for (const intent of open) {
      manager
        .#run(intent.key, () => manager.#resume(intent))
        .catch((error: unknown) => {
          if (error instanceof ScopeClosedError) return
          deps.log.warn({ key: intent.key, what: intent.call.what, error }, 'resumed transaction failed')
        })
    }
    return manager
  }

  /**
   * Resolves when the transaction succeeded in a block. With a `key` the effect happens once: a call with the key of
   * a running transaction joins it, one with the key of a mined transaction returns its receipt. An abort of `signal`
   * stops the waiting, not the transaction.
   *
   * @throws {RevertedError} when the simulation (nothing was sent) or the mined transaction failed; try again at will.
   * @throws {FeeTooHighError | InsufficientFundsError | RpcUnreachableError} when nothing was sent.
   */
  execute(
    call: TransactionCall,
    options: { readonly key?: string; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<TransactionReceipt> {
    const key = options.key ?? `once:${toHex(this.#deps.random.bytes(16))}`
    const receipt = this.#running.get(key) ?? this.#run(key, () => this.#perform(key, call))
    return options.signal ? abortable(receipt, options.signal) : receipt
  }

  /** Stops waiting; open transactions stay in the store and may still be mined. */
  close(): Promise<void> {
    return this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #run(key: string, work: () => Promise<TransactionReceipt>): Promise<TransactionReceipt> {
    if (this.#scope.signal.aborted) return Promise.reject(new ScopeClosedError())
    const running = work().finally(() => this.#running.delete(key))
    this.#running.set(key, running)
    // The caller hears of failures; the scope only waits for the end.
    this.#scope.run(`transaction ${key}`, () => running.catch(() => undefined))
    return running
  }

  async #perform(key: string, call: TransactionCall): Promise<TransactionReceipt> {
    const known = await this.#deps.store.get(this.#sender.scope, key)
    if (known?.state === 'sent') return this.#resume(known)
    if (known?.state === 'mined') return this.#recall(known)
    return this.#drive(await this.#sender.send(key, call))
  }

  /** Goes on with an intent of which it is unknown whether it was ever broadcast. */
  async #resume(intent: Intent): Promise<TransactionReceipt> {
    await this.#sender.repeat(intent)
    return this.#drive(intent)
  }

  /** The receipt of a mined intent; sent again if a reorg or a restored chain state has forgotten it. */
  async #recall(intent: Intent): Promise<TransactionReceipt> {
    for (const { hash } of intent.attempts) {
      const outcome = await findOutcome(this.#deps.client, hash)
      if (outcome?.succeeded) return outcome.receipt
    }
    // Nodes prune old receipts: a used nonce says that the transaction is still there.
    if (intent.receipt && (await isNonceUsed(intent, this.#watchDeps))) return intent.receipt
    this.#sender.adopt(intent)
    return this.#resume(intent)
  }

  #drive(intent: Intent): Promise<TransactionReceipt> {
    return watchIntent(intent, this.#watch, this.#watchDeps, this.#scope.signal)
  }

  get #watchDeps(): IntentWatchDeps {
    return { ...this.#deps, sender: this.#sender }
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
