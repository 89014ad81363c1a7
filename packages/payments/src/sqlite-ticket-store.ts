/** @module A ticket store in one SQLite file: every step is on the disk before it is acknowledged. */
import { DatabaseSync } from 'node:sqlite'
import type { Address } from '@tessera/protocol/address'
import { unixMs } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import { credit } from './credit.ts'
import type { Account } from './payee.ts'
import type { AcceptedTickets, StoredAccount, StoredWin, TicketStore, WinState } from './ticket-store.ts'
import { decodeWin, encodeWin, encodeWinState } from './win-row.ts'

/**
 * WAL with a full sync: a transaction is durable when its COMMIT returns, a kill or power cut leaves all or nothing.
 * The exclusive lock keeps a second process out: two would credit the same tickets twice.
 */
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 2000;
`

/** Numbers that may exceed 63 bits are decimal text. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS nonces (
    rand_hash TEXT NOT NULL, nonce INTEGER NOT NULL, expiration_block INTEGER NOT NULL,
    PRIMARY KEY (rand_hash, nonce)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS nonces_by_expiration ON nonces (expiration_block);
  CREATE TABLE IF NOT EXISTS accounts (
    sender TEXT NOT NULL, balance_key TEXT NOT NULL, credit TEXT NOT NULL,
    price_wei TEXT, price_units TEXT, used_at_ms INTEGER NOT NULL,
    PRIMARY KEY (sender, balance_key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS wins (
    hash TEXT PRIMARY KEY, sender TEXT NOT NULL, expiration_block INTEGER NOT NULL,
    is_open INTEGER NOT NULL, winning TEXT NOT NULL, state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS open_wins ON wins (is_open, expiration_block);
  PRAGMA user_version = 1;
`
const SCHEMA_VERSION = 1

/** The file cannot be used: locked by another process, unreadable, of a later version, or the disk is full. */
export class TicketStoreError extends BaseError {
  constructor(path: string, what: string, cause?: unknown) {
    super({
      code: 'TICKET_STORE',
      message: `The ticket store failed: ${what}.`,
      advice: 'Check that no other process uses the file and that the disk has room.',
      facts: { path, reason: cause instanceof Error ? cause.message : undefined },
      cause,
    })
  }
}

type Row = Readonly<Record<string, unknown>>

export class SqliteTicketStore implements TicketStore {
  readonly #path: string
  readonly #db: DatabaseSync

  private constructor(path: string, db: DatabaseSync) {
    this.#path = path
    this.#db = db
  }

  /** Creates the file when there is none. @throws {TicketStoreError} */
  static open(path: string): SqliteTicketStore {
    let db: DatabaseSync | undefined
    try {
      db = new DatabaseSync(path)
      db.exec(PRAGMAS)
      const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
      if (version > SCHEMA_VERSION) throw new TicketStoreError(path, `it has version ${version}`)
      db.exec(SCHEMA)
      return new SqliteTicketStore(path, db)
    } catch (error) {
      db?.close()
      throw error instanceof TicketStoreError ? error : new TicketStoreError(path, 'opening', error)
    }
  }

  async secret(name: string, create: () => Uint8Array): Promise<Uint8Array> {
    const known = this.#all('SELECT secret FROM secrets WHERE name = ?', name)[0]
    if (known) return blob(known.secret)
    const secret = create()
    this.#run('INSERT INTO secrets VALUES (?, ?)', name, secret)
    return secret
  }

  async seenNonces(recipientRandHash: Hex): Promise<ReadonlySet<number>> {
    const rows = this.#all('SELECT nonce FROM nonces WHERE rand_hash = ?', recipientRandHash)
    return new Set(rows.map((row) => Number(row.nonce)))
  }

  async accept(tickets: AcceptedTickets): Promise<boolean> {
    const { recipientRandHash, expirationBlock, nonces, wins, account } = tickets
    return this.#transaction(() => {
      for (const nonce of nonces) {
        const inserted = this.#run(
          'INSERT OR IGNORE INTO nonces VALUES (?, ?, ?)',
          recipientRandHash,
          nonce,
          expirationBlock,
        )
        if (inserted === 0) return false
      }
      for (const win of wins) this.#insertWin(win)
      if (account) this.#putAccount(account)
      return true
    })
  }

  async account({ sender, balanceKey }: Account): Promise<StoredAccount | undefined> {
    const [row] = this.#all('SELECT * FROM accounts WHERE sender = ? AND balance_key = ?', sender, balanceKey)
    if (!row) return undefined
    const { price_wei: wei, price_units: units } = row
    return {
      sender,
      balanceKey,
      credit: credit(BigInt(String(row.credit))),
      usedAt: unixMs(Number(row.used_at_ms)),
      ...(wei !== null && { price: { wei: BigInt(String(wei)), units: BigInt(String(units)) } }),
    }
  }

  async putAccount(account: StoredAccount): Promise<void> {
    this.#putAccount(account)
  }

  async openWins(): Promise<readonly StoredWin[]> {
    return this.#all('SELECT * FROM wins WHERE is_open = 1 ORDER BY expiration_block').map(decodeWin)
  }

  async winCount(): Promise<number> {
    return Number(this.#all('SELECT count(*) AS wins FROM wins')[0]?.wins)
  }

  async openWinsOf(sender: Address): Promise<readonly StoredWin[]> {
    const query = 'SELECT * FROM wins WHERE is_open = 1 AND sender = ? ORDER BY expiration_block'
    return this.#all(query, sender).map(decodeWin)
  }

  async setWinState(hash: Hex, state: WinState): Promise<void> {
    const isOpen = state.kind !== 'final' && state.kind !== 'lost'
    const update = 'UPDATE wins SET state = ?, is_open = ? WHERE hash = ?'
    this.#run(update, encodeWinState(state), isOpen ? 1 : 0, hash)
  }

  async forget(before: { readonly block: bigint; readonly usedAt: number }): Promise<void> {
    this.#transaction(() => {
      this.#run('DELETE FROM nonces WHERE expiration_block < ?', before.block)
      this.#run('DELETE FROM accounts WHERE used_at_ms < ?', before.usedAt)
      return true
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#db.isOpen) this.#db.close()
  }

  #insertWin(win: Omit<StoredWin, 'state'>): void {
    const { sender } = win.winning.ticket
    const state = encodeWinState({ kind: 'won' })
    const insert = 'INSERT OR IGNORE INTO wins VALUES (?, ?, ?, 1, ?, ?)'
    this.#run(insert, win.hash, sender, win.expirationBlock, encodeWin(win.winning), state)
  }

  #putAccount({ sender, balanceKey, credit: amount, price, usedAt }: StoredAccount): void {
    this.#run(
      'INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?)',
      sender,
      balanceKey,
      String(amount),
      price ? String(price.wei) : null,
      price ? String(price.units) : null,
      usedAt,
    )
  }

  /** Commits when `work` gives true, rolls back when it gives false or throws. */
  #transaction(work: () => boolean): boolean {
    this.#run('BEGIN IMMEDIATE')
    let isDone = false
    try {
      isDone = work()
      if (isDone) this.#run('COMMIT')
      return isDone
    } catch (error) {
      isDone = false
      throw error
    } finally {
      if (!isDone && this.#db.isTransaction) this.#db.exec('ROLLBACK')
    }
  }

  #run(sql: string, ...values: (string | number | bigint | Uint8Array | null)[]): number {
    try {
      return Number(this.#db.prepare(sql).run(...values).changes)
    } catch (error) {
      throw new TicketStoreError(this.#path, 'writing', error)
    }
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    try {
      return this.#db.prepare(sql).all(...values)
    } catch (error) {
      throw new TicketStoreError(this.#path, 'reading', error)
    }
  }
}

function blob(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new BaseError({ code: 'TICKET_STORE', message: 'A secret in the ticket store is not binary.' })
}
