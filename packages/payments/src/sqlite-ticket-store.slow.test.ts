import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RAND_HASH, SENDER } from './sample-win.suite.ts'
import { SqliteTicketStore, TicketStoreError } from './sqlite-ticket-store.ts'

const CHILD = fileURLToPath(new URL('./accepting-child.ts', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-kill-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the child until it has acknowledged `count` tickets, kills it, gives the last ticket it acknowledged. */
function killAfter(path: string, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString()
      if (output.split('\n').length > count) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(output.trimEnd().split('\n').at(-1)))
      else reject(new Error('the child ended by itself'))
    })
  })
}

it('loses nothing that was acknowledged before kill -9, and keeps each payment whole', async () => {
  const path = join(folder, 'tickets.sqlite')
  const acknowledged = await killAfter(path, 20)
  await using store = SqliteTicketStore.open(path)
  const nonces = await store.seenNonces(RAND_HASH)
  const wins = await store.openWins()
  const account = await store.account({ sender: SENDER, balanceKey: 'session' })
  // The ticket under way may be there or not, but then with all that belongs to it.
  expect(nonces.size).toBeGreaterThanOrEqual(acknowledged)
  expect(nonces.size).toBeLessThanOrEqual(acknowledged + 1)
  expect(wins).toHaveLength(nonces.size)
  expect(account!.credit).toBe(BigInt(nonces.size))
  expect(await store.secret('recipient-rand', () => new Uint8Array())).toEqual(new Uint8Array(32).fill(7))
})

it('keeps a second process out', async () => {
  const path = join(folder, 'tickets.sqlite')
  await using store = SqliteTicketStore.open(path)
  await store.secret('a', () => Uint8Array.of(1))
  expect(() => SqliteTicketStore.open(path)).toThrow(TicketStoreError)
})
