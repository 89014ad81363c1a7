import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { RenditionStore } from './rendition-store.ts'
import { SESSION_IDLE_MS, SessionTable } from './session-table.ts'

function setUp(maxSessions = 2) {
  const clock = new VirtualClock()
  const ended: string[] = []
  const table = new SessionTable({ maxSessions }, { clock, onEnded: (id) => ended.push(id) })
  const token = (sessionId: string) => ({ sessionId, token: Uint8Array.of(1, 2), expiresAtSeconds: 0 })
  return { clock, ended, table, token }
}

test('a session that is open always has room, a new one only while there is some', () => {
  const { table, token } = setUp()
  expect([table.open(token('a')), table.open(token('b')), table.open(token('c'))]).toEqual([
    true,
    true,
    false,
  ])
  expect(table.open(token('a'))).toBe(true)
})

test('a session without segments frees its place after 70 seconds, not while one is under way', async () => {
  const { clock, ended, table, token } = setUp()
  table.open(token('a'))
  table.open(token('b'))
  const lease = table.lease('b')
  await clock.advance(SESSION_IDLE_MS)
  table.sweep()
  expect(ended).toEqual(['a'])
  lease?.[Symbol.dispose]()
  await clock.advance(SESSION_IDLE_MS)
  expect(table.isFull).toBe(false)
  expect(ended).toEqual(['a', 'b'])
})

test('takes four segments of a session at a time', () => {
  const { table, token } = setUp()
  table.open(token('a'))
  const leases = [1, 2, 3, 4].map(() => table.lease('a'))
  expect(table.lease('a')).toBeUndefined()
  leases[0]?.[Symbol.dispose]()
  expect(table.lease('a')).toBeDefined()
})

test('only the right token ends a session', () => {
  const { ended, table, token } = setUp()
  table.open(token('a'))
  expect(table.endByToken({ ...token('a'), token: Uint8Array.of(9) })).toBe(false)
  expect(table.endByToken(token('a'))).toBe(true)
  expect(table.endByToken(token('a'))).toBe(true)
  expect(ended).toEqual(['a'])
})

test('the store of renditions stays within its size and drops the oldest first', () => {
  const store = new RenditionStore({ maxBytes: 10 })
  const key = (sessionId: string, seq: number) => RenditionStore.key({ sessionId, profile: '360p', seq })
  for (const seq of [0, 1, 2]) store.put(key('a', seq), new Uint8Array(4))
  expect([0, 1, 2].map((seq) => store.get(key('a', seq))?.length)).toEqual([undefined, 4, 4])
  store.put(key('b', 0), new Uint8Array(11))
  expect(store.get(key('b', 0))).toBeUndefined()
  store.put(key('a', 2), new Uint8Array(2))
  expect(store.bytes).toBe(6)
  store.dropSession('a')
  expect(store.bytes).toBe(0)
})
