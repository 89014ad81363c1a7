import type { RoundTimes } from '@tessera/chain/round-times'
import { blockNumber, round } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { formatDuration, secondsUntilRound, whenRound } from './duration.ts'

test.each([
  [-5, '0 s'],
  [0.4, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3_599, '59 min 59 s'],
  [3_600, '1 h'],
  [5_400, '1 h 30 min'],
  [86_400, '1 day'],
  [180_000, '2 days 2 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('a later round is so many blocks away, at the pace of the chain', () => {
  const times: RoundTimes = {
    currentRound: round(5n),
    isInitialized: true,
    isLocked: false,
    block: blockNumber(110n),
    startBlock: blockNumber(100n),
    roundLength: 20n,
    secondsPerBlock: 12,
  }
  expect(whenRound(times, 5n)).toBe('now')
  expect(whenRound(times, 6n)).toBe('in about 2 min')
  expect(secondsUntilRound(times, 7n)).toBe(360)
})
