/**
 * @module Line and branch coverage of the Solidity code, all of `contracts/src`, by every test but those of gas. Prints
 * what no test reaches and fails at 98 % or less. forge compiles without the optimizer for this, so that lines stay apart.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Covered, parseLcov, share, total } from './coverage/lcov.ts'
import { forge } from './forge.ts'

/** In percent. Both lines and branches have to be above. */
const TARGET = 98

/** Depth adds nothing to coverage: a short campaign reaches the same lines. */
Object.assign(process.env, {
  FOUNDRY_FUZZ_RUNS: '32',
  FOUNDRY_INVARIANT_RUNS: '2',
  FOUNDRY_INVARIANT_DEPTH: '50',
  FOUNDRY_LINT_LINT_ON_BUILD: 'false',
  // Its own build: otherwise the next one with the optimizer would start from nothing.
  FOUNDRY_OUT: 'contracts/cache/coverage/out',
  FOUNDRY_CACHE_PATH: 'contracts/cache/coverage/cache',
})

const folder = mkdtempSync(join(tmpdir(), 'tessera-coverage-'))
const report = join(folder, 'lcov.info')
const run = forge(
  'coverage',
  ['--no-match-path', 'contracts/test/gas/*', '--report', 'lcov', '--report-file', report],
  { capture: true },
)
if (run.status !== 0) {
  console.error(run.stdout, run.stderr)
  process.exit(run.status ?? 1)
}
const files = parseLcov(readFileSync(report, 'utf8')).filter(({ path }) => path.startsWith('contracts/src/'))
rmSync(folder, { recursive: true })

const percent = (covered: Covered): string => `${share(covered).toFixed(2)} %`
for (const { path, lines, branches, missing } of files) {
  if (missing.length === 0) continue
  console.log(`${path}: lines ${percent(lines)}, branches ${percent(branches)}, see ${missing.join(', ')}`)
}
const lines = total(files.map((file) => file.lines))
const branches = total(files.map((file) => file.branches))
console.log(
  `${files.length} files: lines ${percent(lines)}, branches ${percent(branches)}, target > ${TARGET} %`,
)
process.exit(files.length > 0 && share(lines) > TARGET && share(branches) > TARGET ? 0 : 1)
