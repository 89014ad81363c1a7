import { blockNumber, round, wei } from '@tessera/protocol/units'
import { silentLog } from '@tessera/runtime/log'
import { seededRandom } from '@tessera/runtime/random'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { FeeCollector } from './fee-collector.ts'
import { RoundDuties } from './round-duties.ts'

function setUp() {
  const clock = new VirtualClock()
  const chain = {
    current: 5n,
    initialized: 5n,
    lastReward: 4n,
    isActive: true,
    fees: 0n,
    isDown: false,
    block: 1n,
  }
  const sent: string[] = []
  const time = {
    view: () => ({
      currentRound: round(chain.current),
      lastInitializedRound: round(chain.initialized),
      l1Block: blockNumber(chain.block),
      startBlock: blockNumber(1n),
      roundLength: 20n,
    }),
    blockAfter: () => clock.sleep(1000),
  }
  const contracts = {
    standing: async () => ({ isActive: chain.isActive, lastRewardRound: round(chain.lastReward) }),
    initializeRound: async (value: bigint) => {
      if (chain.initialized === value) throw new Error('round already initialized')
      sent.push(`initialize ${value}`)
      chain.initialized = value
    },
    reward: async (value: bigint) => {
      if (chain.isDown) throw new Error('down')
      sent.push(`reward ${value}`)
      chain.lastReward = value
    },
    pendingFees: async () => wei(chain.fees),
    withdrawFees: async (amount: bigint) => {
      sent.push(`withdraw ${amount}`)
      chain.fees = 0n
    },
  }
  const duties = new RoundDuties(
    { maxDelayMs: 500, opensRounds: true, callsReward: true },
    { time, contracts, clock, random: seededRandom(1), log: silentLog },
  )
  const fees = new FeeCollector({ threshold: 100n }, { time, contracts, log: silentLog })
  return { chain, sent, duties, fees, clock }
}

const never = new AbortController().signal

test('calls reward once a round, and only while active', async () => {
  const { chain, sent, duties } = setUp()
  await duties.look(never)
  await duties.look(never)
  expect(sent).toEqual(['reward 5'])
  chain.current = chain.initialized = 6n
  chain.isActive = false
  await duties.look(never)
  expect(sent).toEqual(['reward 5'])
})

test('opens a round that nobody has opened, then calls reward in it', async () => {
  const { chain, sent, duties, clock } = setUp()
  chain.current = 6n
  const looked = duties.look(never)
  await clock.advance(500)
  await looked
  await duties.look(never)
  expect(sent).toEqual(['initialize 6', 'reward 6'])
})

test('does nothing when another opens the round during the wait', async () => {
  const { chain, sent, duties, clock } = setUp()
  chain.current = 6n
  const looked = duties.look(never)
  chain.initialized = 6n
  await clock.advance(500)
  await looked
  expect(sent).toEqual([])
})

test('a failed reward is made good at the next block', async () => {
  const { chain, sent, duties, clock } = setUp()
  chain.isDown = true
  const stop = new AbortController()
  const running = duties.run(stop.signal)
  await clock.advance(1000)
  chain.isDown = false
  await clock.advance(1000)
  expect(sent).toEqual(['reward 5'])
  stop.abort()
  await clock.advance(1000)
  await running
})

test('fees are withdrawn above the threshold, or all of them on demand', async () => {
  const { chain, sent, fees } = setUp()
  chain.fees = 99n
  expect(await fees.collect(100n)).toBe(0n)
  expect(await fees.collect(1n)).toBe(99n)
  expect(await fees.collect(1n)).toBe(0n)
  expect(sent).toEqual(['withdraw 99'])
  expect(fees.withdrawnWei).toBe(99n)
})

test('fees are withdrawn by themselves only when the round ends, so that the stake earns all of it', async () => {
  const { chain, sent, fees, clock } = setUp()
  chain.fees = 200n
  const stop = new AbortController()
  const running = fees.run(stop.signal)
  await clock.advance(3_000)
  expect(sent).toEqual([])
  chain.block = 19n
  await clock.advance(1_000)
  expect(sent).toEqual(['withdraw 200'])
  stop.abort()
  await clock.advance(1_000)
  await running
})
