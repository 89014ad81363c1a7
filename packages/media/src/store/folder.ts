/** @module Object store in a folder of the file system. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Mutex } from '@tessera/runtime/mutex'
import { isStoreKey, type ObjectStore, StoreFullError, storeKey } from './object-store.ts'
import { SizeLedger } from './size-ledger.ts'

export type FolderStoreConfig = {
  /** Made if missing. Must belong to this store alone. */
  readonly folder: string
  readonly maxBytes: number
}

export type FolderStoreDeps = {
  /** Writes a whole new file, as `writeFile` of `node:fs/promises`. */
  readonly writeFile?: (path: string, bytes: Uint8Array) => Promise<void>
}

/** Half-written files. A key never starts with a dot, so no key names one. */
const TEMPORARY = '.partial-'

/** Quotas and full disks, of the whole disk and of one file. */
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * One file per object, written aside and renamed, so that a reader or a crash never sees half of one. What is in the
 * folder when it is opened counts, oldest first; half-written files of a crash are removed.
 */
export class FolderStore implements ObjectStore {
  readonly #config: FolderStoreConfig
  readonly #writeFile: (path: string, bytes: Uint8Array) => Promise<void>
  readonly #ledger = new SizeLedger()
  readonly #writes = new Mutex()
  #temporaryFiles = 0

  private constructor(config: FolderStoreConfig, deps: FolderStoreDeps) {
    this.#config = config
    this.#writeFile = deps.writeFile ?? writeFile
  }

  static async open(config: FolderStoreConfig, deps: FolderStoreDeps = {}): Promise<FolderStore> {
    const store = new FolderStore(config, deps)
    await mkdir(config.folder, { recursive: true })
    await store.#takeStock()
    return store
  }

  put(key: string, bytes: Uint8Array): Promise<void> {
    return this.#writes.run(async () => {
      storeKey(key)
      if (bytes.length > this.#config.maxBytes) throw this.#full(bytes.length)
      for (const old of this.#ledger.oldestOver(this.#config.maxBytes, bytes.length, key)) {
        await this.#remove(old)
      }
      await this.#write(key, bytes)
      this.#ledger.set(key, bytes.length)
    })
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    if (!isStoreKey(key)) return undefined
    try {
      const file = await readFile(this.#path(key))
      return new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  delete(key: string): Promise<void> {
    return this.#writes.run(async () => {
      if (this.#ledger.has(key)) await this.#remove(key)
    })
  }

  deleteUnder(prefix: string): Promise<void> {
    return this.#writes.run(async () => {
      for (const key of this.#ledger.keysUnder(prefix)) await this.#remove(key)
      if (isStoreKey(prefix)) await rm(this.#path(prefix), { recursive: true, force: true })
    })
  }

  async #write(key: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(this.#config.folder, `${TEMPORARY}${this.#temporaryFiles++}`)
    const path = this.#path(key)
    try {
      await mkdir(dirname(path), { recursive: true })
      await this.#writeFile(temporary, bytes)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw FULL_CODES.has(errorCode(error)) ? this.#full(bytes.length, error) : error
    }
  }

  async #remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true })
    this.#ledger.delete(key)
  }

  async #takeStock(): Promise<void> {
    const entries = await readdir(this.#config.folder, { recursive: true, withFileTypes: true })
    const found: { key: string; bytes: number; changedMs: number }[] = []
    for (const entry of entries.filter((candidate) => candidate.isFile())) {
      const path = join(entry.parentPath, entry.name)
      const key = relative(this.#config.folder, path).split(sep).join('/')
      if (entry.name.startsWith(TEMPORARY)) await rm(path, { force: true })
      if (!isStoreKey(key)) continue
      const info = await stat(path)
      found.push({ key, bytes: info.size, changedMs: info.mtimeMs })
    }
    found.sort((a, b) => a.changedMs - b.changedMs)
    for (const { key, bytes } of found) this.#ledger.set(key, bytes)
  }

  #path(key: string): string {
    return join(this.#config.folder, ...key.split('/'))
  }

  #full(bytes: number, cause?: unknown): StoreFullError {
    return new StoreFullError({ place: this.#config.folder, bytes, limit: this.#config.maxBytes }, cause)
  }
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** A part of the key may also be a file, or the key a folder. */
const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error))
