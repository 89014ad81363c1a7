/** @module Every test of the project, each kind in turn, with one line of outcome for each. */
import { spawn } from 'node:child_process'
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
  const failures: string[] = []
  for (const kind of chosen) {
    process.stdout.write(`\n== ${kind.name}: ${kind.what}\n`)
    const start = systemClock.monotonicMs()
    const { ok, end } = await run(kind.command)
    const seconds = ((systemClock.monotonicMs() - start) / 1000).toFixed(0)
    if (!ok) failures.push(`\n== ${kind.name} failed; the end of its output:\n${end}`)
    lines.push(`${ok ? 'ok  ' : 'FAIL'} ${kind.name.padEnd(10)} ${seconds} s`)
  }
  const summary = `${chosen.length - failures.length} passed, ${failures.length} failed`
  // Whoever sees only the last lines of a long log still reads what failed.
  process.stdout.write(`${failures.join('')}\n${lines.join('\n')}\n${summary}\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
}

/** Characters; a failed test of vitest or forge takes one or two thousand. */
const KEPT = 6_000

/** Shows the output as it comes. */
function run([program, ...args]: readonly string[]): Promise<{ readonly ok: boolean; readonly end: string }> {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  // A chain or an account that the user chose, or how the program was started, is nothing to a test.
  const neutral = Object.entries(process.env).filter(([name]) => !name.startsWith('TESSERA_'))
  const child = spawn(program!, args, {
    cwd: ROOT,
    env: { ...Object.fromEntries(neutral), ...colour },
    stdio: ['inherit', 'pipe', 'pipe'],
  })
  let end = ''
  const pass = (to: NodeJS.WriteStream) => (text: string) => {
    to.write(text)
    end = `${end}${text}`.slice(-KEPT)
  }
  child.stdout.setEncoding('utf8').on('data', pass(process.stdout))
  child.stderr.setEncoding('utf8').on('data', pass(process.stderr))
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ ok: false, end: message }))
    child.on('close', (status) => resolve({ ok: status === 0, end }))
  })
}
