/** @module Intents in an SQLite file: what is written survives the process and the power. */
import { DatabaseSync } from 'node:sqlite'
import type { Hex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'
import type { Intent, IntentAttempt, IntentScope, IntentState, IntentStore } from './intent-store.ts'

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA busy_timeout = 5000;
  CREATE TABLE IF NOT EXISTS transaction_intents (
    genesis_hash TEXT NOT NULL,
    sender TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    nonce INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (genesis_hash, sender, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS open_transaction_intents
    ON transaction_intents (genesis_hash, sender, nonce) WHERE state = 'sent';
`
const OWN = 'genesis_hash = ? AND sender = ?'

/** One process at a time for a sender: the file does not guard against two. */
export class SqliteIntentStore implements IntentStore, Disposable {
  readonly #database: DatabaseSync

  private constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Creates the file when it is missing; its folder must exist. */
  static open(path: string): SqliteIntentStore {
    const database = new DatabaseSync(path)
    database.exec(SCHEMA)
    return new SqliteIntentStore(database)
  }

  async get(scope: IntentScope, key: string): Promise<Intent | undefined> {
    const row = this.#database
      .prepare(`SELECT key, state, nonce, body FROM transaction_intents WHERE ${OWN} AND key = ?`)
      .get(...own(scope), key)
    return row && parseRow(row)
  }

  async put(scope: IntentScope, intent: Intent): Promise<void> {
    const { key, state, nonce, ...body } = intent
    this.#database
      .prepare('INSERT OR REPLACE INTO transaction_intents VALUES (?, ?, ?, ?, ?, ?)')
      .run(...own(scope), key, state, nonce, toJson(body))
  }

  async delete(scope: IntentScope, key: string): Promise<void> {
    this.#database.prepare(`DELETE FROM transaction_intents WHERE ${OWN} AND key = ?`).run(...own(scope), key)
  }

  async open(scope: IntentScope): Promise<readonly Intent[]> {
    return this.#database
      .prepare(
        `SELECT key, state, nonce, body FROM transaction_intents WHERE ${OWN} AND state = 'sent' ORDER BY nonce`,
      )
      .all(...own(scope))
      .map(parseRow)
  }

  async settledWith(scope: IntentScope, nonce: number): Promise<Intent | undefined> {
    const row = this.#database
      .prepare(
        `SELECT key, state, nonce, body FROM transaction_intents WHERE ${OWN} AND nonce = ? AND state <> 'sent'`,
      )
      .get(...own(scope), nonce)
    return row && parseRow(row)
  }

  close(): void {
    this.#database.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

function own(scope: IntentScope): [string, string] {
  return [scope.genesisHash, scope.sender.toLowerCase()]
}

function toJson(body: Omit<Intent, 'key' | 'state' | 'nonce'>): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

type Fields = Readonly<Record<string, unknown>>

function parseRow(row: Fields): Intent {
  const body = fields(parseJson(text(row, 'body')))
  const attempts = body.attempts
  if (!Array.isArray(attempts) || attempts.length === 0) throw malformed('attempts')
  return {
    key: text(row, 'key'),
    state: stateOf(text(row, 'state')),
    nonce: Number(row.nonce),
    call: parseCall(fields(body.call)),
    gas: integer(body, 'gas'),
    attempts: attempts.map((attempt) => parseAttempt(fields(attempt))),
    ...(body.receipt !== undefined && { receipt: parseReceipt(fields(body.receipt)) }),
  }
}

function parseCall(call: Fields): TransactionCall {
  return {
    ...(call.to !== undefined && { to: hex(call, 'to') }),
    data: hex(call, 'data'),
    value: integer(call, 'value'),
    what: text(call, 'what'),
  }
}

function parseAttempt(attempt: Fields): IntentAttempt {
  return {
    hash: hex(attempt, 'hash'),
    raw: hex(attempt, 'raw'),
    maxFeePerGas: integer(attempt, 'maxFeePerGas'),
    maxPriorityFeePerGas: integer(attempt, 'maxPriorityFeePerGas'),
  }
}

function parseReceipt(receipt: Fields): TransactionReceipt {
  return {
    hash: hex(receipt, 'hash'),
    blockNumber: integer(receipt, 'blockNumber'),
    blockHash: hex(receipt, 'blockHash'),
    gasUsed: integer(receipt, 'gasUsed'),
    gasPrice: integer(receipt, 'gasPrice'),
    ...(receipt.contractAddress !== undefined && { contractAddress: hex(receipt, 'contractAddress') }),
  }
}

function stateOf(value: string): IntentState {
  if (value === 'sent' || value === 'mined' || value === 'reverted') return value
  throw malformed('state')
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch (error) {
    throw new MalformedError('stored transaction intent', undefined, error)
  }
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw malformed('object')
  return { ...value }
}

function text(from: Fields, name: string): string {
  const value = from[name]
  if (typeof value !== 'string') throw malformed(name)
  return value
}

function hex(from: Fields, name: string): Hex {
  const value = text(from, name)
  if (!/^0x[0-9a-fA-F]*$/.test(value)) throw malformed(name)
  // Just matched.
  return value as Hex
}

function integer(from: Fields, name: string): bigint {
  const value = text(from, name)
  if (!/^\d{1,78}$/.test(value)) throw malformed(name)
  return BigInt(value)
}

function malformed(field: string): MalformedError {
  return new MalformedError('stored transaction intent', { field })
}
