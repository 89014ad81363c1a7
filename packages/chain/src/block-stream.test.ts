import { address } from '@tessera/protocol/address'
import type { Clock } from '@tessera/runtime/clock'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import fc from 'fast-check'
import { encodeAbiParameters, encodeEventTopics } from 'viem'
import { expect, test } from 'vitest'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { CONTRACT_NAMES, type ContractAddresses } from './addresses.ts'
import { type BlockStreamConfig, type BlockUpdate, type ChainBlock, followBlocks } from './block-stream.ts'
import { ChainClient } from './client.ts'
import { FakeNode, hex32 } from './fake-node.suite.ts'

const addresses = Object.fromEntries(
  ['Controller', ...CONTRACT_NAMES].map((name, index) => [name, address(`${index + 1}`.padStart(40, '0'))]),
) as ContractAddresses
const orchestrator = address('00000000000000000000000000000000000000aa')
const stop = new AbortController()

/** Sleeping means that the stream has seen all there was: the test's turn. */
function steppedClock(): Clock & { idle: () => Promise<void>; step: () => void } {
  let onIdle: () => void = () => undefined
  let wake: () => void = () => undefined
  let isIdle = false
  return {
    ...systemClock,
    sleep: (ms, options) => {
      if (ms !== 1) return systemClock.sleep(ms, options)
      isIdle = true
      onIdle()
      return new Promise((resolve) => {
        wake = resolve
      })
    },
    idle: () => (isIdle ? Promise.resolve() : new Promise((resolve) => (onIdle = resolve))),
    step: () => {
      isIdle = false
      wake()
    },
  }
}

async function connect(node: FakeNode): Promise<ChainClient> {
  return ChainClient.connect({ url: 'http://node.test' }, { clock: systemClock, fetch: node.fetch })
}

async function open(node: FakeNode, config: BlockStreamConfig = {}) {
  const client = await connect(node)
  const clock = steppedClock()
  const updates: BlockUpdate[] = []
  const stream = followBlocks(
    { from: 0n, pollMs: 1, ...config },
    { client, addresses, clock, log: silentLog },
    stop.signal,
  )
  const ended = (async () => {
    for await (const update of stream) updates.push(update)
  })()
  ended.catch(() => undefined)
  return {
    updates,
    ended,
    look: async () => {
      clock.step()
      await Promise.race([clock.idle(), ended.catch(() => undefined)])
    },
    idle: () => clock.idle(),
  }
}

/** The chain as a consumer would know it. */
function replay(updates: readonly BlockUpdate[]): readonly ChainBlock[] {
  const chain: ChainBlock[] = []
  for (const { removed, added } of updates) {
    for (const block of removed) expect(chain.pop()?.hash).toBe(block.hash)
    chain.push(...added)
  }
  return chain
}

function rewardLog(block: { number: number; hash: string }): readonly unknown[] {
  const topics = encodeEventTopics({
    abi: bondingManagerAbi,
    eventName: 'Reward',
    args: { transcoder: orchestrator },
  })
  return [
    {
      address: addresses.BondingManager,
      topics,
      data: encodeAbiParameters([{ type: 'uint256' }], [7n]),
      blockNumber: `0x${block.number.toString(16)}`,
      blockHash: block.hash,
      transactionHash: hex32(99),
      transactionIndex: '0x0',
      logIndex: '0x3',
      removed: false,
    },
  ]
}

test('catches up in order over many chunks and then follows the tip', async () => {
  const node = new FakeNode()
  node.append(120)
  const stream = await open(node)
  await stream.idle()
  expect(replay(stream.updates).map(({ hash }) => hash)).toEqual(node.hashes)
  node.append(1)
  await stream.look()
  expect(stream.updates.at(-1)?.added.map(({ hash }) => hash)).toEqual(node.hashes.slice(-1))
})

test('starts with the newest block unless told otherwise', async () => {
  const node = new FakeNode()
  node.append(9)
  const client = await connect(node)
  const deps = { client, addresses, clock: systemClock, log: silentLog }
  const { value } = await followBlocks({}, deps, stop.signal).next()
  expect(value).toMatchObject({ added: [{ number: 9n }], removed: [] })
})

test('hands out events with their names and values, in the block they belong to', async () => {
  const node = new FakeNode()
  node.append(1, rewardLog)
  const stream = await open(node)
  await stream.idle()
  expect(replay(stream.updates)[1]?.events).toEqual([
    {
      contract: 'BondingManager',
      name: 'Reward',
      args: { transcoder: orchestrator, amount: 7n },
      transaction: hex32(99),
      blockNumber: 1n,
      blockHash: node.hashes[1],
      logIndex: 3,
    },
  ])
})

test('does not believe logs of another block than the header', async () => {
  const node = new FakeNode()
  node.append(1, ({ number }) => rewardLog({ number, hash: hex32(12345) }))
  const stream = await open(node)
  await stream.idle()
  expect(stream.updates).toEqual([])
})

test('leaves consumers with the chain of the node after any reorganisations', async () => {
  const step = fc.record({ drop: fc.nat(6), append: fc.nat(8) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const node = new FakeNode()
      const stream = await open(node)
      await stream.idle()
      for (const { drop, append } of steps) {
        node.dropBlocks(drop)
        node.append(append)
        await stream.look()
      }
      expect(replay(stream.updates).map(({ hash }) => hash)).toEqual(node.hashes)
    }),
    { seed: 5, numRuns: 40 },
  )
})

test('says so when more was replaced than it remembers', async () => {
  const node = new FakeNode()
  node.append(20)
  const stream = await open(node, { depth: 4 })
  await stream.idle()
  node.dropBlocks(10)
  node.append(12)
  await stream.look()
  await expect(stream.ended).rejects.toMatchObject({ code: 'CHAIN_REORG_TOO_DEEP' })
})

test('waits while the node is down and misses nothing', async () => {
  const node = new FakeNode()
  const getBlock = node.handlers.get('eth_getBlockByNumber')!
  const stream = await open(node)
  await stream.idle()
  node.append(3)
  node.handlers.set('eth_getBlockByNumber', () => {
    throw new TypeError('fetch failed')
  })
  await stream.look()
  node.handlers.set('eth_getBlockByNumber', getBlock)
  await stream.look()
  expect(replay(stream.updates).map(({ hash }) => hash)).toEqual(node.hashes)
})
