import { address } from '@tessera/protocol/address'
import { systemClock as clock } from '@tessera/runtime/clock'
import fc from 'fast-check'
import { encodeAbiParameters, encodeEventTopics } from 'viem'
import { describe, expect, test } from 'vitest'
import { pollAbi } from './abis/poll.ts'
import { ChainClient } from './client.ts'
import { deploymentBlock } from './deployment-block.ts'
import { FakeNode, hex32 } from './fake-node.suite.ts'
import type { Fetch } from './json-rpc.ts'
import { logsOf } from './logs-of.ts'

const poll = address('00000000000000000000000000000000000000aa')
const voter = address('00000000000000000000000000000000000000bb')

type Chain = {
  readonly head: number
  readonly created: number
  /** Blocks whose code the node still knows; older ones it refuses. */
  readonly keepsFrom?: number
  /** Blocks that one search may cover. */
  readonly limit?: number
  readonly votes?: readonly number[]
}

/** A node with one poll, in which somebody voted in some blocks. */
async function chainOf({ head, created, keepsFrom = 0, limit = Infinity, votes = [] }: Chain) {
  const node = new FakeNode()
  const searched: (readonly [from: number, to: number])[] = []
  const asked: number[] = []
  const fetch: Fetch = async (url, init) => {
    const { id, method, params } = JSON.parse(String(init.body))
    const ok = (result: unknown) => Response.json({ jsonrpc: '2.0', id, result })
    const no = (message: string) => Response.json({ jsonrpc: '2.0', id, error: { code: -32000, message } })
    if (method === 'eth_blockNumber') return ok(`0x${head.toString(16)}`)
    if (method === 'eth_getCode') {
      asked.push(Number(params[1]))
      if (Number(params[1]) < keepsFrom) return no('missing trie node')
      return ok(Number(params[1]) < created ? '0x' : '0x60')
    }
    if (method !== 'eth_getLogs') return node.fetch(url, init)
    const [from, to] = [Number(params[0].fromBlock), Number(params[0].toBlock)]
    searched.push([from, to])
    if (to - from + 1 > limit) return no(`range is limited to ${limit} blocks`)
    return ok(votes.filter((block) => block >= from && block <= to).map(vote))
  }
  return { client: await ChainClient.connect({ url: 'http://node.test' }, { clock, fetch }), searched, asked }
}

function vote(block: number): object {
  const place = { blockNumber: `0x${block.toString(16)}`, blockHash: hex32(block), transactionIndex: '0x0' }
  return {
    ...place,
    address: poll,
    topics: encodeEventTopics({ abi: pollAbi, eventName: 'Vote', args: { voter } }),
    data: encodeAbiParameters([{ type: 'uint256' }], [0n]),
    logIndex: '0x3',
    transactionHash: hex32(block),
    removed: false,
  }
}

const search = { address: poll, abi: pollAbi, event: 'Vote' } as const

describe('the events of a contract', () => {
  test('are searched from its creation on, in one query where the node takes it', async () => {
    const { client, searched } = await chainOf({ head: 1_000_000, created: 700_000, votes: [700_001] })
    expect(await logsOf(client, search)).toEqual([
      { args: { voter, choiceID: 0n }, block: 700_001n, index: 3 },
    ])
    expect(searched).toEqual([[700_000, 1_000_000]])
  })

  test('are found in parts where the node limits the range, none of them twice', async () => {
    const votes = [5, 9_999, 10_000, 10_001, 123_456, 300_000]
    const { client, searched } = await chainOf({ head: 300_000, created: 5, limit: 10_000, votes })
    const found = await logsOf(client, { ...search, fromBlock: 5n })
    expect(found.map(({ block }) => Number(block))).toEqual(votes)
    expect(searched.length).toBeLessThan(300_000 / 10_000 + 50)
  })

  test('cannot be had from a node that refuses everything', async () => {
    const { client } = await chainOf({ head: 5_000, created: 0, limit: 0 })
    await expect(logsOf(client, search)).rejects.toMatchObject({ code: 'CHAIN_RPC_FAULT' })
  })
})

describe('the block that created a contract', () => {
  test('is found with a call for each halving', async () => {
    const { client, asked } = await chainOf({ head: 2 ** 28, created: 123_456_789 })
    expect(await deploymentBlock(client, poll)).toBe(123_456_789n)
    expect(asked.length).toBeLessThanOrEqual(29)
  })

  test('is found wherever it lies', async () => {
    const heads = fc.integer({ min: 50_000, max: 60_000 })
    await fc.assert(
      fc.asyncProperty(heads, fc.integer({ min: 0, max: 50_000 }), async (head, created) => {
        const { client } = await chainOf({ head, created })
        expect(await deploymentBlock(client, poll)).toBe(BigInt(created))
      }),
      { numRuns: 50 },
    )
  })

  test('is not looked for on a short chain', async () => {
    const { client, asked } = await chainOf({ head: 49_999, created: 40_000 })
    expect([await deploymentBlock(client, poll), asked]).toEqual([0n, []])
  })

  test('is never passed over where the node forgot what was long ago', async () => {
    const { client } = await chainOf({ head: 1_000_000, created: 300_000, keepsFrom: 400_000 })
    expect(await deploymentBlock(client, poll)).toBeLessThanOrEqual(300_000n)
  })
})
