import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { address } from '@tessera/protocol/address'
import { afterAll, describe, expect, test } from 'vitest'
import { type Intent, type IntentScope, type IntentStore, MemoryIntentStore } from './intent-store.ts'
import { SqliteIntentStore } from './sqlite-intent-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'intent-store-test-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => join(folder, `${files++}.sqlite`)

const scope: IntentScope = { sender: address('aa'.repeat(20)), genesisHash: `0x${'01'.repeat(32)}` }
const sent: Intent = {
  key: 'redeem:1',
  state: 'sent',
  nonce: 7,
  gas: 21_000n,
  call: {
    to: address('bb'.repeat(20)),
    data: '0x1234',
    value: 2n ** 200n,
    what: 'TicketBroker.redeemWinningTicket',
  },
  attempts: [{ hash: '0xab', raw: '0xcd', maxFeePerGas: 3n, maxPriorityFeePerGas: 0n }],
}
const receipt = { hash: '0xab', blockNumber: 3n, blockHash: '0xef', gasUsed: 5n, gasPrice: 6n } as const

const implementations: readonly (readonly [string, () => IntentStore])[] = [
  ['memory', () => new MemoryIntentStore()],
  ['SQLite', () => SqliteIntentStore.open(newFile())],
]

describe.each(implementations)('intents in %s', (_, create) => {
  test('come back as they were put', async () => {
    const store = create()
    await store.put(scope, sent)
    expect(await store.get(scope, sent.key)).toEqual(sent)
    const mined: Intent = { ...sent, state: 'mined', receipt }
    await store.put(scope, mined)
    expect(await store.get(scope, sent.key)).toEqual(mined)
  })

  test('are listed while open, lowest nonce first', async () => {
    const store = create()
    for (const nonce of [9, 7, 8]) await store.put(scope, { ...sent, key: `k${nonce}`, nonce })
    await store.put(scope, { ...sent, key: 'done', nonce: 1, state: 'mined', receipt })
    expect((await store.open(scope)).map(({ nonce }) => nonce)).toEqual([7, 8, 9])
    await store.delete(scope, 'k8')
    expect((await store.open(scope)).map(({ nonce }) => nonce)).toEqual([7, 9])
  })

  test('are found by their nonce once they are settled', async () => {
    const store = create()
    await store.put(scope, sent)
    expect(await store.settledWith(scope, 7)).toBeUndefined()
    const mined: Intent = { ...sent, state: 'mined', receipt }
    await store.put(scope, mined)
    expect(await store.settledWith(scope, 7)).toEqual(mined)
    expect(await store.settledWith(scope, 8)).toBeUndefined()
  })

  test('belong to one key on one chain', async () => {
    const store = create()
    await store.put(scope, sent)
    const others: IntentScope[] = [
      { ...scope, sender: address('cc'.repeat(20)) },
      { ...scope, genesisHash: `0x${'02'.repeat(32)}` },
    ]
    for (const other of others) {
      expect(await store.get(other, sent.key)).toBeUndefined()
      expect(await store.open(other)).toEqual([])
    }
  })
})

test('survive the process in SQLite', async () => {
  const path = newFile()
  const first = SqliteIntentStore.open(path)
  await first.put(scope, sent)
  first.close()
  using second = SqliteIntentStore.open(path)
  expect(await second.open(scope)).toEqual([sent])
})

test('are refused when the file was tampered with', async () => {
  const path = newFile()
  using store = SqliteIntentStore.open(path)
  await store.put(scope, sent)
  const database = new DatabaseSync(path)
  for (const body of ['{', '[]', '{"call":{}}', '{"attempts":[],"call":{},"gas":"1"}']) {
    database.prepare('UPDATE transaction_intents SET body = ?').run(body)
    await expect(store.get(scope, sent.key)).rejects.toMatchObject({ code: 'MALFORMED' })
  }
  database.close()
})
