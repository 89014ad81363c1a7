/**
 * @module Checks the Solidity code: format, tests, gas against `fixtures/gas`, that the ABIs of `packages/chain` are those
 * of the contracts, and that no slot of an upgradeable contract moved. `--update-gas` records new gas numbers instead;
 * further arguments go to `forge test`.
 */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { forge } from './forge.ts'

const given = process.argv.slice(2)
const updateGas = given.includes('--update-gas')

type Step = { readonly name: string; readonly run: () => number | null }

const script = (...args: readonly string[]): Step => ({
  name: args.join(' '),
  run: () => spawnSync(process.execPath, args, { stdio: 'inherit' }).status,
})

const steps: readonly Step[] = [
  { name: 'format', run: () => forge('fmt', ['--check']).status },
  {
    name: 'tests',
    run: () =>
      forge('test', [
        '--gas-snapshot-check',
        String(!updateGas),
        ...given.filter((arg) => arg !== '--update-gas'),
      ]).status,
  },
  script('scripts/generate-abis.ts', '--check'),
  script('scripts/storage-layouts.ts', '--check'),
]

for (const { name, run } of steps) {
  const startMs = Date.now()
  const status = run()
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`)
  if (status !== 0) process.exit(status ?? 1)
}
