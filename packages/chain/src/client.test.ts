import { address } from '@tessera/protocol/address'
import { type Clock, systemClock } from '@tessera/runtime/clock'
import { encodeErrorResult, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { roundsManagerAbi } from './abis/rounds-manager.ts'
import { discoverAddresses } from './addresses.ts'
import { ChainClient } from './client.ts'
import { RoundsManager } from './contracts/rounds-manager.ts'
import { FakeNode } from './fake-node.suite.ts'
import type { Fetch } from './json-rpc.ts'
import { isRefusal } from './refusals.ts'

const clock = systemClock
const url = 'http://node.test:8545/v3/secret-api-key'
const contract = address('00000000000000000000000000000000000000aa')

function connect(node: FakeNode, over: { fetch?: Fetch; clock?: Clock } = {}): Promise<ChainClient> {
  return ChainClient.connect({ url }, { clock, fetch: node.fetch, ...over })
}

/** A node that answers eth_call with this error. */
async function refusing(error: Record<string, unknown>): Promise<unknown> {
  const node = new FakeNode()
  const client = await connect(node, {
    fetch: async (to, init) => {
      const { id, method } = JSON.parse(String(init.body))
      if (method !== 'eth_call') return node.fetch(to, init)
      return new Response(JSON.stringify({ jsonrpc: '2.0', id, error }))
    },
  })
  return new RoundsManager(client, contract).currentRound().catch((failure: unknown) => failure)
}

test('knows the chain it is connected to', async () => {
  const node = new FakeNode()
  expect(await connect(node)).toMatchObject({ chainId: 1337, genesisHash: node.hashes[0] })
})

test('refuses another chain than the configured one', async () => {
  const node = new FakeNode()
  const wrong = ChainClient.connect({ url, chainId: 1 }, { clock, fetch: node.fetch })
  await expect(wrong).rejects.toMatchObject({
    code: 'CHAIN_WRONG_CHAIN',
    facts: { expected: 1, actual: 1337 },
  })
})

test('says that the RPC is down, without the secret part of its URL', async () => {
  const down = connect(new FakeNode(), { fetch: () => Promise.reject(new TypeError('fetch failed')) })
  const error = await down.catch((failure: unknown) => failure)
  expect(error).toMatchObject({ code: 'CHAIN_RPC_UNREACHABLE', retryable: true })
  expect(String(error)).toContain('http://node.test:8545')
  expect(`${error}${JSON.stringify(error)}`).not.toContain('secret-api-key')
})

test('gives up on a node that does not answer in time', async () => {
  const hanging: Fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    })
  const hasty: Clock = { ...clock, sleep: () => Promise.resolve() }
  const slow = connect(new FakeNode(), { fetch: hanging, clock: hasty })
  await expect(slow).rejects.toMatchObject({ code: 'CHAIN_RPC_TIMEOUT', retryable: true })
})

test('stops reading an answer that is too large', async () => {
  const node = new FakeNode()
  const flooding: Fetch = async () => new Response('['.repeat(10_000))
  const flooded = ChainClient.connect({ url, maxResponseBytes: 1000 }, { clock, fetch: flooding })
  await expect(flooded).rejects.toMatchObject({ code: 'CHAIN_RPC_FAULT' })
  expect(node.calls).toEqual([])
})

test.each([
  ['HTML', '<html>', 200],
  ['no result', '{"jsonrpc":"2.0","id":1}', 200],
  ['null', 'null', 200],
  ['an error page', 'Too many requests', 429],
])('calls %s a fault of the node', async (_, body, status) => {
  const odd = connect(new FakeNode(), { fetch: async () => new Response(body, { status }) })
  await expect(odd).rejects.toMatchObject({ code: 'CHAIN_RPC_FAULT', retryable: status === 429 })
})

test('names the custom error of a revert', async () => {
  const data = encodeErrorResult({ abi: roundsManagerAbi, errorName: 'RoundAlreadyInitialized', args: [3n] })
  const error = await refusing({ code: 3, message: 'execution reverted', data })
  expect(error).toMatchObject({ code: 'CHAIN_REVERTED', reason: 'RoundAlreadyInitialized' })
  expect(isRefusal(error, 'round-already-initialized')).toBe(true)
  expect(isRefusal(error, 'ticket-used')).toBe(false)
})

test('gives the string and the panic code of a revert', async () => {
  const abi = parseAbi(['error Error(string)', 'error Panic(uint256)'])
  const text = encodeErrorResult({ abi, errorName: 'Error', args: ['ticket is used'] })
  const worded = await refusing({ code: -32000, message: 'execution reverted: ticket is used', data: text })
  expect(worded).toMatchObject({ reason: 'ticket is used' })
  expect(isRefusal(worded, 'ticket-used')).toBe(true)
  const panic = encodeErrorResult({ abi, errorName: 'Panic', args: [0x11n] })
  expect(await refusing({ code: 3, message: 'reverted', data: panic })).toMatchObject({
    reason: 'Panic(0x11)',
  })
  const unknown = await refusing({ code: 3, message: 'reverted', data: '0xdeadbeef' })
  expect(unknown).toMatchObject({ reason: 'unknown error 0xdeadbeef' })
})

test('says that there is no Controller at an address without code', async () => {
  const node = new FakeNode()
  node.handlers.set('eth_getCode', () => '0x')
  const client = await connect(node)
  await expect(discoverAddresses(client, contract)).rejects.toMatchObject({ code: 'CHAIN_CONTRACT_MISSING' })
})
