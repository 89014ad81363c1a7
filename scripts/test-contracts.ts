/**
 * @module Checks the Solidity code: format, tests, gas against `contracts/snapshots/gas.json`, that the ABIs of
 * `packages/chain` are those of the contracts, that no slot of an upgradeable contract moved, and that every function that
 * changes state is fuzzed. Arguments go to `forge test`.
 */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { forge } from './forge.ts'

type Step = { readonly name: string; readonly run: () => number | null }

const script = (...args: readonly string[]): Step => ({
  name: args.join(' '),
  run: () => spawnSync(process.execPath, args, { stdio: 'inherit' }).status,
})

const steps: readonly Step[] = [
  { name: 'format', run: () => forge('fmt', ['--check']).status },
  {
    name: 'tests',
    run: () => forge('test', ['--no-match-path', 'contracts/test/gas/*', ...process.argv.slice(2)]).status,
  },
  script('scripts/fuzzed-functions.ts'),
  script('scripts/gas.ts'),
  script('scripts/generate-abis.ts', '--check'),
  script('scripts/storage-layouts.ts', '--check'),
  script('scripts/generate-contract-reference.ts', '--check'),
]

for (const { name, run } of steps) {
  const startMs = Date.now()
  const status = run()
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`)
  if (status !== 0) process.exit(status ?? 1)
}
