/** @module Turns calls into signed transactions with a nonce and a fee, persists them, and hands them to the node. */
import type { Log } from '@tessera/runtime/log'
import { Mutex } from '@tessera/runtime/mutex'
import { keccak256 } from 'viem'
import type { ChainClient } from '../client.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { broadcast } from './broadcast.ts'
import { bumpFees, type Fees, quoteFees } from './fees.ts'
import type { Intent, IntentAttempt, IntentScope, IntentStore } from './intent-store.ts'
import { nextNonce } from './nonces.ts'
import { estimateGas } from './receipts.ts'
import type { TransactionSigner } from './signer.ts'

export type IntentSenderConfig = { readonly maxFeePerGas: bigint; readonly maxReplacements: number }

export type IntentSenderDeps = {
  readonly client: ChainClient
  readonly signer: TransactionSigner
  readonly store: IntentStore
  readonly log: Log
}

/** Node estimates are exact for the state they saw; a quarter more covers what changes until the block. */
const GAS_MARGIN_PERCENT = 125n

/** Owns the nonces of one key. */
export class IntentSender {
  readonly scope: IntentScope
  readonly #config: IntentSenderConfig
  readonly #deps: IntentSenderDeps
  /** Serialises everything from the choice of a nonce up to the first broadcast. */
  readonly #sending = new Mutex()
  readonly #openNonces = new Set<number>()

  constructor(config: IntentSenderConfig, deps: IntentSenderDeps) {
    this.#config = config
    this.#deps = deps
    this.scope = { sender: deps.signer.address, genesisHash: deps.client.genesisHash }
  }

  /** Keeps the nonce of an intent that an earlier process sent. */
  adopt(intent: Intent): void {
    this.#openNonces.add(intent.nonce)
  }

  /** The intent's nonce is used up on chain. */
  release(intent: Intent): void {
    this.#openNonces.delete(intent.nonce)
  }

  /**
   * Simulates, signs, persists and broadcasts. Nonces are in the order of the calls, whichever simulation ends first.
   * @throws {RevertedError | FeeTooHighError | InsufficientFundsError | RpcUnreachableError} when nothing was sent.
   */
  async send(key: string, call: TransactionCall): Promise<Intent> {
    const { client, store, signer } = this.#deps
    const estimate = estimateGas(client, signer.address, call)
    // Its failure is told when its turn comes.
    estimate.catch(() => undefined)
    return this.#sending.run(async () => {
      const gas = ((await estimate) * GAS_MARGIN_PERCENT) / 100n
      const [fees, nonce] = await Promise.all([
        quoteFees(client, this.#config.maxFeePerGas, call.what),
        this.#chooseNonce(),
      ])
      const attempt = await this.#sign({ call, nonce, gas }, fees)
      const intent: Intent = { key, state: 'sent', call, nonce, gas, attempts: [attempt] }
      this.adopt(intent)
      await store.put(this.scope, intent)
      try {
        await this.repeat(intent)
      } catch (error) {
        // Refused for good: no node holds it, the nonce is free again.
        this.release(intent)
        await store.delete(this.scope, key)
        throw error
      }
      return intent
    })
  }

  /** Broadcasts the newest version, again if need be: the same bytes can only ever be mined once. */
  async repeat(intent: Intent): Promise<void> {
    const { client, log, signer } = this.#deps
    const { raw, hash } = newestAttempt(intent)
    const { what } = intent.call
    const outcome = await broadcast(client, { raw, account: signer.address, what })
    log.debug({ key: intent.key, what, nonce: intent.nonce, hash, outcome }, 'transaction broadcast')
  }

  /** A version with higher fees when cap and count allow one; otherwise the last version once more. */
  async replace(intent: Intent): Promise<Intent> {
    const { client, store, log } = this.#deps
    const { maxFeePerGas: cap, maxReplacements } = this.#config
    const mayBump = intent.attempts.length <= maxReplacements
    const fees = mayBump
      ? bumpFees(newestAttempt(intent), await quoteFees(client, cap, intent.call.what), cap)
      : undefined
    const replaced = fees
      ? { ...intent, attempts: [...intent.attempts, await this.#sign(intent, fees)] }
      : intent
    if (fees) {
      const facts = { key: intent.key, nonce: intent.nonce, maxFeePerGas: String(fees.maxFeePerGas) }
      log.info(facts, 'transaction replaced by one with higher fees')
      await store.put(this.scope, replaced)
    }
    await this.repeat(replaced)
    return replaced
  }

  /**
   * A reorganisation may take back transactions that nobody waits for any more, and all later ones wait for their
   * nonces: they are broadcast again, and a nonce of which nothing is known is used up by sending nothing.
   */
  fillGapBefore(intent: Intent): Promise<void> {
    const { client, signer, store, log } = this.#deps
    return this.#sending.run(async () => {
      const mined = await transactionCount(client, signer.address, 'latest')
      for (let nonce = mined; nonce < intent.nonce; nonce++) {
        if (this.#openNonces.has(nonce)) continue
        const lost = await store.settledWith(this.scope, nonce)
        log.warn({ nonce, what: lost?.call.what ?? 'nothing' }, 'nonce is free again; sending it anew')
        if (lost) await this.repeat(lost)
        else await this.#sendNothing(nonce)
      }
    })
  }

  async #sendNothing(nonce: number): Promise<void> {
    const { client, signer } = this.#deps
    const call: TransactionCall = { to: signer.address, data: '0x', value: 0n, what: 'nothing' }
    const [gas, fees] = await Promise.all([
      estimateGas(client, signer.address, call),
      quoteFees(client, this.#config.maxFeePerGas, call.what),
    ])
    const { raw } = await this.#sign({ call, nonce, gas }, fees)
    await broadcast(client, { raw, account: signer.address, what: call.what })
  }

  async #chooseNonce(): Promise<number> {
    const { client, signer } = this.#deps
    const [mined, pending] = await Promise.all([
      transactionCount(client, signer.address, 'latest'),
      transactionCount(client, signer.address, 'pending'),
    ])
    return nextNonce(mined, pending, this.#openNonces)
  }

  async #sign(unsigned: Pick<Intent, 'call' | 'nonce' | 'gas'>, fees: Fees): Promise<IntentAttempt> {
    const { call, nonce, gas } = unsigned
    const { client, signer } = this.#deps
    const raw = await signer.signTransaction({
      chainId: client.chainId,
      nonce,
      gas,
      data: call.data,
      value: call.value,
      ...(call.to && { to: call.to }),
      ...fees,
    })
    return { hash: keccak256(raw), raw, ...fees }
  }
}

/** Transactions of an account in blocks (`latest`), or in blocks and the mempool (`pending`). */
export function transactionCount(
  client: ChainClient,
  address: IntentScope['sender'],
  blockTag: 'latest' | 'pending',
): Promise<number> {
  return client.guard(client.viem.getTransactionCount({ address, blockTag }), {
    what: 'eth_getTransactionCount',
  })
}

function newestAttempt(intent: Intent): IntentAttempt {
  return intent.attempts[intent.attempts.length - 1]!
}
