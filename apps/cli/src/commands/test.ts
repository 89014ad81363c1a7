/** @module Every test of the project, each kind in turn, with one line of outcome for each. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

type Kind = { readonly name: string; readonly what: string; readonly command: readonly string[] }

const node = process.execPath
const vitest = [node, 'node_modules/vitest/vitest.mjs', 'run', '--project']

const KINDS: readonly Kind[] = [
  {
    name: 'check',
    what: 'format, types, dependency directions, unused code, generated files, unit tests',
    command: [node, 'scripts/check.ts'],
  },
  {
    name: 'contracts',
    what: 'Solidity: build, unit, fuzz and invariant tests',
    command: [node, 'scripts/test-contracts.ts'],
  },
  { name: 'slow', what: 'real codecs, sockets, databases and chain', command: [...vitest, 'slow'] },
  {
    name: 'e2e',
    what: 'the whole network in real processes, and the page in a real browser',
    command: [...vitest, 'e2e'],
  },
]

/** Runs the kinds named (all by default), goes on after a failure, and exits with 1 if any failed. */
export async function test(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !KINDS.some((kind) => kind.name === name))
  if (unknown.length > 0) {
    throw new BaseError({
      code: 'UNKNOWN_TEST_KIND',
      message: `There is no kind of test called ${unknown.join(', ')}.`,
      advice: `Choose from: ${KINDS.map((kind) => kind.name).join(', ')}.`,
    })
  }
  const chosen = KINDS.filter((kind) => names.length === 0 || names.includes(kind.name))
  const lines: string[] = []
  let failed = 0
  for (const kind of chosen) {
    process.stdout.write(`\n== ${kind.name}: ${kind.what}\n`)
    const start = systemClock.monotonicMs()
    const [program, ...args] = kind.command
    const { status } = spawnSync(program!, args, { cwd: ROOT, stdio: 'inherit' })
    const seconds = ((systemClock.monotonicMs() - start) / 1000).toFixed(0)
    if (status !== 0) failed += 1
    lines.push(`${status === 0 ? 'ok  ' : 'FAIL'} ${kind.name.padEnd(10)} ${seconds} s`)
  }
  process.stdout.write(`\n${lines.join('\n')}\n${chosen.length - failed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}
