import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SqliteTicketStore, TicketStoreError } from './sqlite-ticket-store.ts'
import { ticketStoreSuite } from './ticket-store.suite.ts'

let folder: string
let count = 0
const fresh = () => join(folder, `${++count}.sqlite`)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-tickets-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

ticketStoreSuite('SQLite', async () => SqliteTicketStore.open(fresh()))

describe('the SQLite file', () => {
  it('holds the same after it was closed and opened', async () => {
    const path = fresh()
    {
      await using store = SqliteTicketStore.open(path)
      await store.secret('s', () => Uint8Array.of(7))
    }
    await using store = SqliteTicketStore.open(path)
    expect(await store.secret('s', () => Uint8Array.of(8))).toEqual(Uint8Array.of(7))
  })

  it('is refused while another process has it open', async () => {
    const path = fresh()
    await using store = SqliteTicketStore.open(path)
    await store.secret('s', () => Uint8Array.of(7))
    // The same lock as another process would meet; the short wait keeps the test quick.
    const second = new DatabaseSync(path, { timeout: 10 })
    expect(() => second.exec('SELECT * FROM secrets')).toThrow(/locked/)
    second.close()
  })

  it('is refused when it is no database or of a later version', () => {
    const garbage = fresh()
    writeFileSync(garbage, 'this is not a database, only text that is long enough to look at'.repeat(20))
    expect(() => SqliteTicketStore.open(garbage)).toThrow(TicketStoreError)
    const later = fresh()
    const db = new DatabaseSync(later)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => SqliteTicketStore.open(later)).toThrow(TicketStoreError)
    expect(() => SqliteTicketStore.open(join(folder, 'no', 'such', 'folder'))).toThrow(TicketStoreError)
  })
})
