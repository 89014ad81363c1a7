// The figures that the founding documents give for the protocol, reproduced by the model and its parameters. The same
// moment is reproduced by the contracts in contracts/test/unit/FoundingNumbers.t.sol.
import { address } from '@tessera/protocol/address'
import { mulDivUp } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { mainnetParams } from '../deploy/params.ts'
import { billionths } from './fractions.ts'
import { nextInflation, participation } from './minter.ts'
import { createProtocol } from './protocol.ts'

const CENT = 10n ** 16n
/** 50,948,531.72 LPT. */
const SUPPLY = 5_094_853_172n * CENT
/** 26,613,846.27 LPT. */
const STAKED = 2_661_384_627n * CENT
/** 0.0620 % a round. */
const INFLATION = billionths.of(620_000n)
/** 31,568.58 LPT. */
const MINT = 3_156_858n * CENT

const owner = address('0x00000000000000000000000000000000000000a1')
const minter = address('0x00000000000000000000000000000000000000a2')
const orchestrator = address('0x00000000000000000000000000000000000000a3')

test('ten million LPT at the start, 63.437 % of them for the mine', () => {
  const { supply, mineAllocation, mineRecipients } = mainnetParams.genesis
  expect(supply).toBe(10_000_000n * 100n * CENT)
  expect((mineAllocation * 100_000n) / supply).toBe(63_437n)
  // 2.44 LPT each.
  expect(mineAllocation / mineRecipients / CENT).toBe(244n)
})

test('a round of 5,760 blocks of 12.69 seconds takes 20.3 hours', () => {
  const protocol = createProtocol({ ...mainnetParams, roundLength: 5_760n }, { accounts: { owner, minter } })
  const start = protocol.read.rounds.block
  protocol.moveTo(start + 5_759n)
  expect(protocol.read.round).toBe(1n)
  protocol.moveTo(start + 5_760n)
  expect(protocol.read.round).toBe(2n)
  expect((5_760 * 12.69) / 3600).toBeCloseTo(20.3, 1)
  expect(mainnetParams.polls.period).toBe(10n * 5_760n)
})

test('a target of 50 %, approached by 0.00005 percentage points a round', () => {
  const { targetBondingRate, inflationChange } = mainnetParams
  expect(Number(targetBondingRate) / Number(billionths.one)).toBe(0.5)
  expect((Number(inflationChange) / Number(billionths.one)) * 100).toBeCloseTo(0.00005, 10)
})

test('26,613,846.27 of 50,948,531.72 LPT staked is a participation of 52.24 %', () => {
  const rate = participation(STAKED, SUPPLY)
  expect((Number(rate) / 1e7).toFixed(2)).toBe('52.24')
})

test('above the target inflation falls, below it rises, at it nothing changes', () => {
  const facts = {
    inflation: INFLATION,
    inflationChange: billionths.of(mainnetParams.inflationChange),
    targetBondingRate: billionths.of(mainnetParams.targetBondingRate),
    supply: SUPPLY,
  }
  expect(nextInflation({ ...facts, bonded: STAKED })).toBe(619_500n)
  expect(nextInflation({ ...facts, bonded: SUPPLY / 2n - CENT })).toBe(620_500n)
  expect(nextInflation({ ...facts, bonded: SUPPLY / 2n })).toBe(620_000n)
})

test('the published mint of 31,568.58 LPT is 0.0620 % of the supply when the round began', () => {
  // The published supply already contains what had been minted in the round by then, which can't be more than the mint.
  const supplyAtStart = mulDivUp(MINT, billionths.one, INFLATION)
  expect(supplyAtStart).toBeLessThan(SUPPLY)
  expect(supplyAtStart).toBeGreaterThan(SUPPLY - MINT)
  expect(billionths.shareOf(supplyAtStart, INFLATION)).toBe(MINT)
})

test('from that moment the next round may mint 31,562.61 LPT', () => {
  const protocol = createProtocol(
    { ...mainnetParams, inflation: INFLATION - mainnetParams.inflationChange, treasuryRewardCutRate: 0n },
    { accounts: { owner, minter }, balances: [[orchestrator, SUPPLY]] },
  )
  // Nothing is bonded yet: inflation rises to 0.0620 %.
  protocol.apply({ by: orchestrator, call: 'initializeRound' })
  expect(protocol.read.minter.inflation).toBe(INFLATION)
  protocol.apply({ by: orchestrator, call: 'bond', amount: STAKED, to: orchestrator })
  protocol.moveToRound(protocol.read.round + 1n)
  protocol.apply({ by: orchestrator, call: 'initializeRound' })
  expect(protocol.read.minter.inflation).toBe(619_500n)
  expect(protocol.read.minter.currentMintableTokens / CENT).toBe(3_156_261n)
  // The only orchestrator gets it all.
  protocol.apply({ by: orchestrator, call: 'reward' })
  expect(protocol.read.totalSupply - SUPPLY).toBe(31_562_615_400_540_000_000_000n)
})
