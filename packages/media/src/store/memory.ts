/** @module Object store in memory: for tests and for nodes that keep nothing. */
import { type ObjectStore, StoreFullError, storeKey } from './object-store.ts'
import { SizeLedger } from './size-ledger.ts'

export class MemoryStore implements ObjectStore {
  readonly #maxBytes: number
  readonly #objects = new Map<string, Uint8Array>()
  readonly #ledger = new SizeLedger()

  constructor(config: { readonly maxBytes: number }) {
    this.#maxBytes = config.maxBytes
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    storeKey(key)
    if (bytes.length > this.#maxBytes) {
      throw new StoreFullError({ place: 'memory', bytes: bytes.length, limit: this.#maxBytes })
    }
    for (const old of this.#ledger.oldestOver(this.#maxBytes, bytes.length, key)) this.#remove(old)
    this.#objects.set(key, bytes.slice())
    this.#ledger.set(key, bytes.length)
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#objects.get(key)
  }

  async delete(key: string): Promise<void> {
    this.#remove(key)
  }

  async deleteUnder(prefix: string): Promise<void> {
    for (const key of this.#ledger.keysUnder(prefix)) this.#remove(key)
  }

  #remove(key: string): void {
    this.#objects.delete(key)
    this.#ledger.delete(key)
  }
}
