import type { Intent, IntentScope } from '@tessera/chain/node/intent-store'
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import { expect, test } from 'vitest'
import { OneShotStore } from './one-shot-store.ts'

const scope: IntentScope = { sender: ZERO_ADDRESS, genesisHash: '0x00' }
const attempt = (hash: `0x${string}`) => ({
  hash,
  raw: '0x' as const,
  maxFeePerGas: 1n,
  maxPriorityFeePerGas: 1n,
})
const intent: Intent = {
  key: 'k',
  state: 'sent',
  call: { data: '0x', value: 0n, what: 'It' },
  nonce: 7,
  gas: 21_000n,
  attempts: [attempt('0xaa')],
}

test('tells of a transaction and of each version with higher fees', async () => {
  const told: string[] = []
  const store = new OneShotStore((line) => void told.push(line))
  await store.put(scope, intent)
  expect(store.underWay).toEqual({ hash: '0xaa', nonce: 7 })
  await store.put(scope, { ...intent, attempts: [...intent.attempts, attempt('0xbb')] })
  expect(told).toEqual([
    expect.stringContaining('sent with nonce 7'),
    '  0xaa',
    expect.stringContaining('higher fee'),
    '  0xbb',
  ])
  expect(store.underWay).toEqual({ hash: '0xbb', nonce: 7 })
  await store.put(scope, { ...intent, state: 'mined' })
  expect(store.underWay).toBeUndefined()
})

test('refuses to send a second time under another nonce', async () => {
  const store = new OneShotStore(() => undefined)
  await store.put(scope, intent)
  await expect(store.put(scope, { ...intent, nonce: 8 })).rejects.toMatchObject({ code: 'CLI_SUPERSEDED' })
  expect(await store.get(scope, 'k')).toMatchObject({ nonce: 7 })
})

test('forgets what the node refused for good', async () => {
  const store = new OneShotStore(() => undefined)
  await store.put(scope, intent)
  await store.delete(scope, 'k')
  expect(store.underWay).toBeUndefined()
})
