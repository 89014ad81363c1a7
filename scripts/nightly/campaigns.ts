/** @module The tests that find more the longer they run, and how forge is told to run a slice of one. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'

/** Tests that are run again and again, with another seed each time. */
export type Campaign = {
  /** `fuzz`, or the name of the file of invariants */
  readonly name: string
  /** arguments of `forge test` that choose them */
  readonly tests: readonly string[]
}

const FOLDER = 'contracts/test/invariant'
const SUFFIX = '.t.sol'

/** All fuzzed properties together, then each file of invariants. */
export function campaigns(root: string): Campaign[] {
  const suites = readdirSync(`${root}/${FOLDER}`)
    .filter((file) => file.endsWith(SUFFIX))
    .sort()
  return [
    { name: 'fuzz', tests: ['--match-test', '^testFuzz', '--no-match-path', 'contracts/test/gas/*'] },
    ...suites.map((file) => ({
      name: file.slice(0, -SUFFIX.length),
      tests: ['--match-test', '^invariant', '--match-path', `${FOLDER}/${file}`],
    })),
  ]
}

/** The seed of a slice follows from that of the night, so that each slice is another and all of them can be repeated. */
export function seedOf(seed: string, campaign: string, runsBefore: number): string {
  return `0x${createHash('sha256').update(`${seed} ${campaign} ${runsBefore}`).digest('hex')}`
}

/** What makes forge do `runs` runs of 100 steps from `seed`. */
export function settingsOf(seed: string, runs: number): Readonly<Record<string, string>> {
  return {
    FOUNDRY_FUZZ_SEED: seed,
    FOUNDRY_FUZZ_RUNS: String(runs),
    FOUNDRY_INVARIANT_RUNS: String(runs),
    FOUNDRY_INVARIANT_DEPTH: '100',
  }
}
