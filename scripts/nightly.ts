/**
 * @module The long tests of the contracts: 100,000 fuzzed runs for each property, 1,000,000 steps for each set of
 * invariants with seeds of their own, every mutant. Plan a night for it: 4 to 8 hours on two cores. Arguments go to
 * `forge test`.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { forge } from './forge.ts'

/** Another seed each night finds what yesterday's missed; it is printed, so that a failure can be repeated. */
const seed = process.env.FOUNDRY_FUZZ_SEED ?? `0x${randomBytes(32).toString('hex')}`

Object.assign(process.env, {
  FOUNDRY_FUZZ_RUNS: '100000',
  FOUNDRY_FUZZ_SEED: seed,
  FOUNDRY_INVARIANT_RUNS: '100000',
  FOUNDRY_INVARIANT_DEPTH: '100',
})

console.log(`seed ${seed} (repeat with FOUNDRY_FUZZ_SEED=${seed})`)
const tests = forge('test', ['--no-match-path', 'contracts/test/gas/*', ...process.argv.slice(2)])
const mutants = spawnSync(process.execPath, ['scripts/test-mutations.ts'], { stdio: 'inherit' })
process.exit(tests.status === 0 && mutants.status === 0 ? 0 : 1)
