import { systemClock } from '@tessera/runtime/clock'
import { expect, test } from 'vitest'
import { FakeNode } from './fake-node.suite.ts'
import { type Fetch, JsonRpc } from './json-rpc.ts'

const CONFIG = { url: 'http://node.test', timeoutMs: 1000, maxResponseBytes: 100_000 }

function connect(answer: Fetch) {
  const bodies: unknown[] = []
  const fetch: Fetch = (url, init) => {
    bodies.push(JSON.parse(String(init.body)))
    return answer(url, init)
  }
  return { rpc: new JsonRpc(CONFIG, { clock: systemClock, fetch }), bodies }
}

function echoNode(): FakeNode {
  const node = new FakeNode()
  node.handlers.set('echo', ([value]) => value)
  return node
}

test('sends calls that are made together in one batch, and each gets its own answer', async () => {
  const { rpc, bodies } = connect(echoNode().fetch)
  const results = await Promise.all([rpc.call('echo', [1]), rpc.call('echo', [2]), rpc.call('echo', [3])])
  expect(results).toEqual([1, 2, 3])
  expect(bodies).toHaveLength(1)
})

test('sends a lone call without a batch around it', async () => {
  const { rpc, bodies } = connect(echoNode().fetch)
  await rpc.call('echo', [1])
  expect(bodies).toMatchObject([{ method: 'echo' }])
})

test('splits a long list of calls', async () => {
  const { rpc, bodies } = connect(echoNode().fetch)
  await Promise.all(Array.from({ length: 60 }, (_, i) => rpc.call('echo', [i])))
  expect(bodies).toHaveLength(3)
})

test('one failing call of a batch fails alone', async () => {
  const { rpc } = connect(echoNode().fetch)
  const [good, bad] = await Promise.allSettled([rpc.call('echo', [1]), rpc.call('nothing', [])])
  expect(good).toMatchObject({ status: 'fulfilled', value: 1 })
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: -32601 } })
})

test('goes on one by one with a node that takes no batches', async () => {
  const node = echoNode()
  const refusal = { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'batches are not taken' } }
  const { rpc, bodies } = connect(async (url, init) =>
    String(init.body).startsWith('[') ? new Response(JSON.stringify(refusal)) : node.fetch(url, init),
  )
  expect(await Promise.all([rpc.call('echo', [1]), rpc.call('echo', [2])])).toEqual([1, 2])
  expect(await Promise.all([rpc.call('echo', [3]), rpc.call('echo', [4])])).toEqual([3, 4])
  expect(bodies).toHaveLength(1 + 2 + 2)
})

test('a batch that leaves a call unanswered fails that call', async () => {
  const { rpc } = connect(async () => new Response('[{"jsonrpc":"2.0","id":2,"result":7}]'))
  const [missing, answered] = await Promise.allSettled([rpc.call('a', []), rpc.call('b', [])])
  expect(missing).toMatchObject({ reason: { code: 'CHAIN_RPC_FAULT' } })
  expect(answered).toMatchObject({ value: 7 })
})
