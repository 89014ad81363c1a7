/** @module What an orchestrator signed, in an SQLite file: it survives the process and the power. */
import { DatabaseSync } from 'node:sqlite'
import { concatBytes, fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import type { ReceiptMemory, SignedResult } from './receipt-memory.ts'

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

/** One process at a time: two that share a key must share the file, and wait for each other's writes. */
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

  set(key: Hex, { round, hashes }: SignedResult): void {
    const values = [round, concatBytes(...hashes.map(fromHex)), fromHex(key)] as const
    const { changes } = this.#database
      .prepare('UPDATE signed_results SET round = ?, hashes = ? WHERE work = ?')
      .run(...values)
    if (changes > 0) return
    this.#database.prepare('INSERT INTO signed_results (round, hashes, work) VALUES (?, ?, ?)').run(...values)
    this.#size++
  }

  forgetBefore(round: bigint): void {
    const { changes } = this.#database.prepare('DELETE FROM signed_results WHERE round < ?').run(round)
    this.#size -= Number(changes)
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }
}
