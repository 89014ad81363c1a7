import { blockNumber, round } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { blocksUntilRound, type RoundTimes } from './round-times.ts'

const times: RoundTimes = {
  currentRound: round(7n),
  isInitialized: true,
  isLocked: false,
  block: blockNumber(1_015n),
  startBlock: blockNumber(1_000n),
  roundLength: 20n,
  secondsPerBlock: 1,
}

test.each([
  [6n, 0n],
  [7n, 0n],
  [8n, 5n],
  [10n, 45n],
])('round %i begins in %i blocks', (at, blocks) => {
  expect(blocksUntilRound(times, at)).toBe(blocks)
})
