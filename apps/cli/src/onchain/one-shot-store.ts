/** @module Remembers a person's transactions while they are under way, and tells what happens to them. */
import {
  type Intent,
  type IntentScope,
  type IntentStore,
  MemoryIntentStore,
} from '@tessera/chain/node/intent-store'
import { SupersededError } from './problems.ts'

export type Tell = (line: string) => void

/**
 * A node's transaction manager sends an effect again under another nonce when something else took the first. What a
 * person orders is sent under one nonce only: they may have cancelled it in a wallet.
 */
export class OneShotStore implements IntentStore {
  readonly #memory = new MemoryIntentStore()
  readonly #tell: Tell
  #newest: Intent | undefined

  constructor(tell: Tell) {
    this.#tell = tell
  }

  /** Hash of the newest version that was handed to the node and is in no block as far as is known. */
  get underWay(): { readonly hash: string; readonly nonce: number } | undefined {
    const newest = this.#newest
    if (newest?.state !== 'sent') return undefined
    return { hash: lastHash(newest), nonce: newest.nonce }
  }

  get(scope: IntentScope, key: string): Promise<Intent | undefined> {
    return this.#memory.get(scope, key)
  }

  /** @throws {SupersededError} before anything is sent under a second nonce. */
  async put(scope: IntentScope, intent: Intent): Promise<void> {
    const known = await this.#memory.get(scope, intent.key)
    if (known && known.nonce !== intent.nonce) {
      throw new SupersededError({ transaction: lastHash(known), nonce: known.nonce })
    }
    await this.#memory.put(scope, intent)
    this.#newest = intent
    if (intent.state !== 'sent') return
    if (known) this.#tell('  no block has taken it; sent again with a higher fee:')
    else this.#tell(`  sent with nonce ${intent.nonce}, waiting for a block …`)
    this.#tell(`  ${lastHash(intent)}`)
  }

  async delete(scope: IntentScope, key: string): Promise<void> {
    this.#newest = undefined
    await this.#memory.delete(scope, key)
  }

  open(scope: IntentScope): Promise<readonly Intent[]> {
    return this.#memory.open(scope)
  }

  settledWith(scope: IntentScope, nonce: number): Promise<Intent | undefined> {
    return this.#memory.settledWith(scope, nonce)
  }
}

function lastHash(intent: Intent): string {
  return intent.attempts.at(-1)?.hash ?? ''
}
