import { PARAMETERS } from '@tessera/chain/governance/parameters'
import { expect, test } from 'vitest'
import { UsageError } from '../problems.ts'
import { settingValue } from './actions.ts'

const settingOf = (name: string, text: string): bigint => settingValue(name, text, PARAMETERS[name]!)

test.each([
  ['governor.quorum', '100', 1_000_000n],
  ['governor.quorum', '0', 0n],
  ['governor.quorum', '33.33', 333_300n],
  ['governor.votingPeriod', '1', 1n],
  ['governor.votingPeriod', '65535', 65_535n],
  ['governor.votingDelay', '0', 0n],
  ['governor.threshold', '100', 100n * 10n ** 18n],
  ['staking.poolSize', '0', 0n],
])('%s can be set to %s', (name, text, value) => {
  expect(settingOf(name, text)).toBe(value)
})

// The governor's calls of itself can't be simulated: what it refuses would show only when an accepted proposal is executed.
test.each([
  ['governor.quorum', '133', 'from 0 to 100 %, and is 133'],
  ['governor.quorum', '100.0001', 'from 0 to 100 %'],
  ['governor.votingPeriod', '0', 'from 1 to 65535, and is 0'],
  ['governor.votingPeriod', '65536', 'from 1 to 65535'],
  ['governor.votingDelay', '65536', 'from 0 to 65535'],
  ['governor.threshold', '79228162515', 'from 0 to 79228162514.264337593543950335 LPT'],
])('%s can not be set to %s, which the governor would refuse', (name, text, words) => {
  expect(() => settingOf(name, text)).toThrow(UsageError)
  expect(() => settingOf(name, text)).toThrow(words)
})
