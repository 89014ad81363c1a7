import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COMMITTED_SEEDS, COMMITTED_STEPS } from './committed.suite.ts'
import { CRAFTED } from './crafted.suite.ts'
import { generateScenario, playScenario } from './generate.suite.ts'
import { VECTORS } from './names.suite.ts'

// The contracts replay the same files (contracts/test/vectors/Differential.t.sol).
test.each(COMMITTED_SEEDS)('predicts what the committed scenario of seed %i says', async (seed) => {
  const committed = readFileSync(new URL(`differential/seed-${seed}.jsonl`, VECTORS), 'utf8')
  expect((await generateScenario(seed, COMMITTED_STEPS)) === committed).toBe(true)
})

test.each(Object.entries(CRAFTED))('predicts what the scenario %s says', async (name, { config, drafts }) => {
  const committed = readFileSync(new URL(`differential/${name}.jsonl`, VECTORS), 'utf8')
  expect((await playScenario(config, drafts)) === committed).toBe(true)
})

test('mixes calls that succeed with calls that fail', async () => {
  const lines = (await generateScenario(1, 300)).trim().split('\n')
  const steps = lines.slice(1, -1).map((line): { op: string; revert: string } => JSON.parse(line))
  const succeeded = new Set(steps.filter(({ revert }) => revert === '').map(({ op }) => op))
  const refused = steps.filter(({ revert }) => revert !== '')
  expect(succeeded.size).toBeGreaterThan(18)
  expect(new Set(refused.map(({ revert }) => revert.slice(0, 10))).size).toBeGreaterThan(15)
  expect(refused.length).toBeLessThan(steps.length / 2)
  for (const call of ['redeem', 'batchRedeem', 'setRoundLength', 'transferBond', 'slashTranscoder']) {
    expect(succeeded).toContain(call)
  }
})
