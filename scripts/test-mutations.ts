/**
 * @module Takes the guards of the contracts out, one at a time, and checks that the test written for each fails. A test
 * that passes without its guard proves nothing. Arguments choose mutants by a part of their name.
 */
import { cpus } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { mutants } from './mutations/list.ts'
import type { Mutant } from './mutations/mutant.ts'
import { type Outcome, Workspace } from './mutations/workspace.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
const lanes = Math.min(2, cpus().length, chosen.length)

/** Nothing when the test saw the fault, else why it did not. */
function complaint(outcome: Outcome, { says, test }: Mutant): string | undefined {
  if (outcome.kind === 'broken') return `does not compile: update the mutant\n${outcome.output.slice(-2000)}`
  if (outcome.failed.length === 0)
    return `survived: ${outcome.passed.length === 0 ? `no test is called ${test}` : outcome.passed.join(', ')}`
  if (says !== undefined && !outcome.failed.some(({ reason }) => reason.includes(says)))
    return `failed for another reason: ${outcome.failed.map(({ reason }) => reason).join(', ')}`
  return undefined
}

/** Without a fault everything must pass, or a failure would prove nothing. */
async function baseline(workspace: Workspace): Promise<string | undefined> {
  const suites = [...new Set(chosen.map(({ suite }) => suite))]
  const tests = [...new Set(chosen.map(({ test }) => test))]
  const outcome = await workspace.run(
    suites.length === 1 ? suites[0]! : `{${suites.join(',')}}`,
    `(${tests.join('|')})`,
  )
  if (outcome.kind === 'broken') return outcome.output
  return outcome.failed.length === 0
    ? undefined
    : outcome.failed.map(({ name, reason }) => `${name}: ${reason}`).join('\n')
}

async function lane(waiting: Mutant[], failed: string[]): Promise<void> {
  await using workspace = await Workspace.create(root)
  const broken = await baseline(workspace)
  if (broken !== undefined) throw new Error(`these fail without any mutant:\n${broken}`)
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const startMs = Date.now()
    let problem: string | undefined
    try {
      problem = complaint(await workspace.runWith(mutant), mutant)
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
    if (problem !== undefined) failed.push(mutant.name)
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1)
    console.log(
      `${problem === undefined ? 'killed' : 'FAIL  '} ${mutant.name} (${seconds} s)${problem ? `\n       ${problem}` : ''}`,
    )
  }
}

if (chosen.length === 0) {
  console.error(`no mutant has ${wanted.join(' or ')} in its name`)
  process.exit(1)
}
const failed: string[] = []
const waiting = chosen.toSorted((a, b) => a.edits[0]!.file.localeCompare(b.edits[0]!.file))
await Promise.all(Array.from({ length: lanes }, () => lane(waiting, failed)))
console.log(`${chosen.length - failed.length} of ${chosen.length} mutants killed`)
process.exit(failed.length === 0 ? 0 : 1)
