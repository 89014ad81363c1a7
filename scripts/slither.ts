/**
 * @module Runs Slither on the contracts, where it is installed (`pip install slither-analyzer==0.11.6`); optional, since it
 * is not a package of npm. It reads forge's build in a folder of its own, so it needs no compiler of its own. Fails on a
 * finding that is not among those of `slither/accepted.ts`.
 *
 * Slither 0.11.6 can't read functions that use operators of user-defined types: it passes over them, and they are listed.
 * Those rest on the fuzz tests, the invariants and the mutants. Takes a minute.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { forgeBinary } from './forge.ts'
import { findingsOf, isAccepted, unreadFunctions } from './slither/report.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tessera-slither-'))
const report = join(folder, 'report.json')

/** Slither looks for `foundry.toml` in the root and asks a `forge` on the path about it. */
mkdirSync(join(folder, 'bin'))
symlinkSync(forgeBinary(), join(folder, 'bin/forge'))
symlinkSync(join(root, 'contracts'), join(folder, 'contracts'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
copyFileSync(join(root, 'contracts/foundry.toml'), join(folder, 'foundry.toml'))
const env = {
  ...process.env,
  PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
  FOUNDRY_OUT: join(folder, 'out'),
  FOUNDRY_CACHE_PATH: join(folder, 'cache'),
  FOUNDRY_LINT_LINT_ON_BUILD: 'false',
}

/** Answers what the command said on its error stream. */
function run(command: string, args: readonly string[]): string {
  const { error, stderr } = spawnSync(command, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (error !== undefined) throw new Error(`${command} can't be started: ${error.message}`)
  if (!existsSync(report) && command === 'slither') throw new Error(stderr.slice(-2000))
  return stderr
}

try {
  run('forge', ['build', '--root', '.', '--skip', 'test', '--build-info', '--ast'])
  const log = run('slither', [
    '.',
    ...['--compile-force-framework', 'foundry', '--ignore-compile', '--foundry-out-directory', 'out'],
    ...['--filter-paths', 'node_modules|contracts/test', '--json', report],
  ])
  const findings = findingsOf(readFileSync(report, 'utf8'))
  const open = findings.filter((finding) => !isAccepted(finding))
  for (const { check, impact, description } of open) console.error(`${impact} ${check}: ${description}`)
  const unread = unreadFunctions(log)
  console.log(`${unread.length} functions that Slither can't read: ${unread.join(', ')}`)
  console.log(`${findings.length} findings, ${findings.length - open.length} accepted, ${open.length} open`)
  process.exitCode = open.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
