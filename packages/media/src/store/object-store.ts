/** @module Where segments wait for their viewers: a bounded place that keys name. */
import { BaseError, MalformedError } from '@tessera/runtime/errors'

/**
 * Objects appear whole or not at all. A store holds a bounded number of bytes; when it is full the oldest objects make
 * room. Keys are parts of `[A-Za-z0-9_-][A-Za-z0-9._-]*` joined by `/`, 512 characters at most.
 */
export interface ObjectStore {
  /** Replaces what was there. @throws {StoreFullError} @throws {MalformedError} for a bad key */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Undefined when there is no such object (any more), also for a bad key. */
  get(key: string): Promise<Uint8Array | undefined>
  /** No error when there is none. */
  delete(key: string): Promise<void>
  /** Deletes all objects whose key starts with `prefix` and `/`. */
  deleteUnder(prefix: string): Promise<void>
}

/** The object cannot be kept: it is larger than the store, or the disk is full. */
export class StoreFullError extends BaseError {
  constructor(
    facts: { readonly place: string; readonly bytes: number; readonly limit?: number },
    cause?: unknown,
  ) {
    super({
      code: 'STORE_FULL',
      message: 'There is no room to store a segment.',
      advice: 'Free space on the disk, choose another folder with --data, or allow the store more bytes.',
      facts,
      cause,
      retryable: true,
    })
  }
}

const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/

/** True for keys that a store takes; none of them can leave a folder or hide in it. */
export const isStoreKey = (key: string): boolean => key.length <= 512 && KEY.test(key)

/** @throws {MalformedError} */
export function storeKey(key: string): string {
  if (!isStoreKey(key)) throw new MalformedError('store key', { key: key.slice(0, 64) })
  return key
}
