import { blockNumber, round } from '@tessera/protocol/units'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { describe, expect, it } from 'vitest'
import { isRoundEnding, untilEarningCounts } from './claim-timing.ts'

describe('isRoundEnding', () => {
  const at = (l1Block: bigint, initialized = 5n) =>
    isRoundEnding({
      currentRound: round(5n),
      lastInitializedRound: round(initialized),
      l1Block: blockNumber(l1Block),
      startBlock: blockNumber(100n),
      roundLength: 20n,
    })

  it('is true in the last tenth of an initialised round only', () => {
    expect([at(100n), at(117n), at(118n), at(119n)]).toEqual([false, false, true, true])
    expect(at(119n, 4n)).toBe(false)
  })
})

describe('untilEarningCounts', () => {
  function setUp(lastClaim: bigint) {
    const clock = new VirtualClock()
    const chain = { current: 5n, initialized: 5n }
    const deps = {
      time: {
        view: () => ({
          currentRound: round(chain.current),
          lastInitializedRound: round(chain.initialized),
          l1Block: blockNumber(1n),
        }),
        blockAfter: () => clock.sleep(1_000),
      },
      lastClaimRound: async () => round(lastClaim),
      validityRounds: 2n,
    }
    let isFree = false
    const wait = (creationRound: bigint) =>
      untilEarningCounts({ creationRound: round(creationRound) }, deps, {
        signal: new AbortController().signal,
      }).then(() => {
        isFree = true
      })
    return { clock, chain, wait, isFree: () => isFree }
  }

  it('lets a ticket be redeemed at once when nothing was claimed in this round', async () => {
    const { wait, isFree } = setUp(4n)
    await wait(5n)
    expect(isFree()).toBe(true)
  })

  it('holds a ticket back after a claim until the next round is open', async () => {
    const { clock, chain, wait, isFree } = setUp(5n)
    const waiting = wait(5n)
    await clock.advance(3_000)
    chain.current = 6n
    await clock.advance(1_000)
    expect(isFree()).toBe(false)
    chain.initialized = 6n
    await clock.advance(1_000)
    await waiting
    expect(isFree()).toBe(true)
  })

  it('does not hold back a ticket that would not live to see the next round', async () => {
    const { wait, isFree } = setUp(5n)
    await wait(4n)
    expect(isFree()).toBe(true)
  })
})
