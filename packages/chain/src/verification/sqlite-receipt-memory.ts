/** @module What an orchestrator signed, in an SQLite file: it survives the process and the power. */
import { DatabaseSync } from 'node:sqlite'
import { concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { merged, type ReceiptMemory, type SignedResult } from './receipt-memory.ts'

const HASH_BYTES = 32
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS signed_results (
    work BLOB PRIMARY KEY,
    round INTEGER NOT NULL,
    hashes BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS signed_results_round ON signed_results (round);
`

/** Processes that share a key must share the file: a write looks and writes while the others wait. */
export class SqliteReceiptMemory implements ReceiptMemory, Disposable {
  readonly #database: DatabaseSync
  /** Counted once: SQLite would read the whole table each time. */
  #size: number

  private constructor(database: DatabaseSync) {
    this.#database = database
    this.#size = Number(database.prepare('SELECT count(*) AS size FROM signed_results').get()?.size)
  }

  /** Creates the file when it is missing; its folder must exist. */
  static open(path: string): SqliteReceiptMemory {
    const database = new DatabaseSync(path)
    database.exec(SCHEMA)
    return new SqliteReceiptMemory(database)
  }

  get size(): number {
    return this.#size
  }

  get(key: Hex): SignedResult | undefined {
    const row = this.#database
      .prepare('SELECT round, hashes FROM signed_results WHERE work = ?')
      .get(fromHex(key))
    if (!row) return undefined
    const { round, hashes } = row
    if (typeof round !== 'number' || !(hashes instanceof Uint8Array) || hashes.length % HASH_BYTES !== 0) {
      throw new MalformedError('stored receipt', { work: key })
    }
    const count = hashes.length / HASH_BYTES
    const hash = (_: unknown, i: number) => toHex(hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
    return { round: BigInt(round), hashes: Array.from({ length: count }, hash) }
  }

  set(key: Hex, result: SignedResult): SignedResult {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const before = this.get(key)
      const kept = merged(before, result)
      if (kept !== before) this.#write(key, kept)
      this.#database.exec('COMMIT')
      if (!before) this.#size++
      return kept
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }

  forgetBefore(round: bigint): void {
    const { changes } = this.#database.prepare('DELETE FROM signed_results WHERE round < ?').run(round)
    this.#size -= Number(changes)
  }

  #write(key: Hex, { round, hashes }: SignedResult): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO signed_results (work, round, hashes) VALUES (?, ?, ?)')
      .run(fromHex(key), round, concatBytes(...hashes.map(fromHex)))
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }
}
