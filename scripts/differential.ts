/**
 * @module Compares the contracts with the TypeScript model on random scenarios: the model predicts events, reverts and
 * state of every step, forge replays them; last comes what the scenarios reached. `--seeds N` (50), `--from SEED` (1), `--steps N` (120); `--update` writes the
 * committed scenarios of `fixtures/vectors/differential` instead.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { COMMITTED_SEEDS, COMMITTED_STEPS } from '../packages/chain/src/model/scenario/committed.suite.ts'
import { Coverage } from '../packages/chain/src/model/scenario/coverage.suite.ts'
import { CRAFTED } from '../packages/chain/src/model/scenario/crafted.suite.ts'
import { generateScenario, playScenario } from '../packages/chain/src/model/scenario/generate.suite.ts'
import { forge } from './forge.ts'

const FOLDER = '.tessera/differential'
const COMMITTED = 'fixtures/vectors/differential'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '120' },
    update: { type: 'boolean', default: false },
  },
})

const coverage = new Coverage()

async function write(folder: string, seeds: readonly number[], steps: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.jsonl')) rmSync(join(folder, name))
  for (const seed of seeds) {
    const scenario = await generateScenario(seed, steps)
    coverage.add(scenario)
    writeFileSync(join(folder, `seed-${seed}.jsonl`), scenario)
  }
}

if (values.update) {
  await write(COMMITTED, COMMITTED_SEEDS, COMMITTED_STEPS)
  for (const [name, { config, drafts }] of Object.entries(CRAFTED)) {
    const scenario = await playScenario(config, drafts)
    coverage.add(scenario)
    writeFileSync(join(COMMITTED, `${name}.jsonl`), scenario)
  }
} else {
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.from) + index)
  await write(FOLDER, seeds, Number(values.steps))
  process.env.DIFFERENTIAL_FOLDER = FOLDER
}
// All scenarios are one test: the usual limit of gas is for about thirty of them.
const { status } = forge('test', ['--match-contract', '^DifferentialTest$', '--gas-limit', String(2n ** 62n)])
console.log(coverage.report())
for (const gap of coverage.gaps) console.log(`gap: ${gap}`)
process.exit(status ?? 1)
