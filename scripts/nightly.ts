/**
 * @module The long tests of the contracts: every mutant, 100,000 runs of each fuzzed property and 100,000 runs of 100 steps
 * of each file of invariants: about 16 hours of one core, and the mutants. That is more than a night on a small machine, so
 * it is done in slices and spread over as many nights as it needs: each call goes on where the one before ended, until all
 * runs are done for these sources.
 *
 *   npm run nightly                          8 hours of it, on all cores
 *   npm run nightly -- --hours 2 Votes fuzz  only these
 *   npm run nightly -- --runs 1000           a hundredth; counted apart
 *
 * `--slice N` runs at a time (1000), `--lanes N` at once (the number of cores). A failure prints how to repeat it, and ends
 * its campaign but not the others. contracts/README.md says what each part takes.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { forge, runForge } from './forge.ts'
import { campaigns, seedOf, settingsOf } from './nightly/campaigns.ts'
import { digestOf, nextSlice, Progress } from './nightly/progress.ts'

const MUTANTS = 'mutants'
const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    hours: { type: 'string', default: '8' },
    runs: { type: 'string', default: '100000' },
    slice: { type: 'string', default: '1000' },
    repeat: { type: 'string' },
    lanes: { type: 'string', default: String(availableParallelism()) },
  },
})

function positive(name: 'hours' | 'runs' | 'slice' | 'lanes'): number {
  const number = Number(values[name])
  if (number > 0) return number
  console.error(`--${name} has to be a number above 0`)
  process.exit(1)
}

const all = campaigns(root)
const names = [MUTANTS, ...all.map(({ name }) => name)]
const unknown = positionals.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`there is no ${unknown}: choose from ${names.join(', ')}`)
  process.exit(1)
}
const chosen = positionals.length === 0 ? names : positionals
const limits = { runs: positive('runs'), slice: positive('slice') }
const endMs = Date.now() + positive('hours') * 3_600_000
const seed = `0x${randomBytes(32).toString('hex')}`
const sources = digestOf(['contracts/src', 'contracts/test'].map((folder) => join(root, folder)))
const progress = new Progress(join(root, `.tessera/nightly-${limits.runs}.json`), sources)
const failed = new Set<string>()
const busy = new Set<string>()

const minutes = (ms: number): string => (ms / 60_000).toFixed(1)

/** Mutants are few and count as one slice. They come first, alone: they use all cores themselves. */
function runMutants(): void {
  if (!chosen.includes(MUTANTS) || progress.done(MUTANTS) >= limits.runs) return
  const startMs = Date.now()
  const { status } = spawnSync(process.execPath, ['scripts/test-mutations.ts'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status === 0) progress.add(MUTANTS, limits.runs)
  else failed.add(MUTANTS)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${MUTANTS} (${minutes(Date.now() - startMs)} min)`)
}

function runTests(name: string, from: string, runs: number): ReturnType<typeof runForge> {
  const { tests } = all.find((campaign) => campaign.name === name)!
  return runForge(['test', '--root', '.', '--threads', '1', ...tests], root, settingsOf(from, runs))
}

async function runSlice(name: string, before: number, runs: number): Promise<void> {
  const startMs = Date.now()
  const from = seedOf(seed, name, before)
  const { status, output } = await runTests(name, from, runs)
  const summary = `${name} ${before + runs} of ${limits.runs} (${minutes(Date.now() - startMs)} min)`
  if (status === 0) {
    progress.add(name, runs)
    console.log(`ok   ${summary}`)
    return
  }
  failed.add(name)
  console.log(`FAIL ${summary}\n${output.slice(-4000)}`)
  console.log(`repeat with: npm run nightly -- --repeat ${from} --runs ${runs} ${name}`)
}

/** Takes slices until the night or the work is over. A campaign has one slice at a time: forge keeps its failures. */
async function lane(): Promise<void> {
  while (Date.now() < endMs) {
    const slice = nextSlice(
      chosen.filter((name) => name !== MUTANTS),
      progress,
      new Set([...busy, ...failed]),
      limits,
    )
    if (slice === undefined) return
    busy.add(slice.name)
    await runSlice(slice.name, slice.before, slice.runs)
    busy.delete(slice.name)
  }
}

/** One slice again, from the seed that failed. Counts for nothing. */
async function repeat(from: string): Promise<void> {
  for (const name of chosen.filter((one) => one !== MUTANTS)) {
    const { status, output } = await runTests(name, from, limits.runs)
    if (status !== 0) failed.add(name)
    console.log(output)
  }
  process.exit(failed.size === 0 ? 0 : 1)
}

if (values.repeat !== undefined) await repeat(values.repeat)
runMutants()
// Once, so that the lanes find it done.
if (forge('build', []).status !== 0) process.exit(1)
await Promise.all(Array.from({ length: positive('lanes') }, lane))
const open = chosen.filter((name) => !failed.has(name) && progress.done(name) < limits.runs)
for (const name of open) console.log(`${name}: ${progress.done(name)} of ${limits.runs}`)
if (failed.size > 0) console.log(`failed: ${[...failed].join(', ')}`)
else console.log(open.length === 0 ? 'all done for these sources' : 'not finished: call again to go on')
process.exit(failed.size === 0 ? 0 : 1)
