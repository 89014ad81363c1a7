/** @module Transactions that were decided on, remembered before they are sent. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'

/** One signed version of an intent's transaction. All attempts share the nonce, so at most one is ever mined. */
export type IntentAttempt = {
  readonly hash: Hex
  /** Signed, ready to broadcast again. */
  readonly raw: Hex
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/**
 * `sent`: may reach the chain at any time. `mined`: succeeded in a block. `reverted`: failed in a block; the same key
 * may be tried anew.
 */
export type IntentState = 'sent' | 'mined' | 'reverted'

export type Intent = {
  /** The caller's name for the effect, unique for a sender and chain, e.g. `reward:1002`. */
  readonly key: string
  readonly state: IntentState
  readonly call: TransactionCall
  readonly nonce: number
  readonly gas: bigint
  /** Oldest first, at least one. */
  readonly attempts: readonly IntentAttempt[]
  /** Present when mined or reverted. */
  readonly receipt?: TransactionReceipt
}

/** Whose intents: a key on one chain. Chains are told apart by genesis hash, as devnets share chain ids. */
export type IntentScope = { readonly sender: Address; readonly genesisHash: Hex }

/** Port of the transaction manager. `put` must be durable when it resolves. */
export type IntentStore = {
  get(scope: IntentScope, key: string): Promise<Intent | undefined>
  /** Inserts or replaces by key. */
  put(scope: IntentScope, intent: Intent): Promise<void>
  delete(scope: IntentScope, key: string): Promise<void>
  /** Intents in state `sent`, lowest nonce first. */
  open(scope: IntentScope): Promise<readonly Intent[]>
  /** The intent that was mined or reverted with this nonce. */
  settledWith(scope: IntentScope, nonce: number): Promise<Intent | undefined>
}

/** Forgets everything with the process: for one-off work such as a deployment. */
export class MemoryIntentStore implements IntentStore {
  readonly #intents = new Map<string, Intent>()

  async get(scope: IntentScope, key: string): Promise<Intent | undefined> {
    return this.#intents.get(`${prefix(scope)}${key}`)
  }

  async put(scope: IntentScope, intent: Intent): Promise<void> {
    this.#intents.set(`${prefix(scope)}${intent.key}`, intent)
  }

  async delete(scope: IntentScope, key: string): Promise<void> {
    this.#intents.delete(`${prefix(scope)}${key}`)
  }

  async open(scope: IntentScope): Promise<readonly Intent[]> {
    return this.#of(scope)
      .filter(({ state }) => state === 'sent')
      .sort((a, b) => a.nonce - b.nonce)
  }

  async settledWith(scope: IntentScope, nonce: number): Promise<Intent | undefined> {
    return this.#of(scope).find((intent) => intent.nonce === nonce && intent.state !== 'sent')
  }

  #of(scope: IntentScope): Intent[] {
    return [...this.#intents].filter(([id]) => id.startsWith(prefix(scope))).map(([, intent]) => intent)
  }
}

function prefix(scope: IntentScope): string {
  return `${scope.genesisHash}/${scope.sender.toLowerCase()}/`
}
