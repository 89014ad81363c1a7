/**
 * @module Checks the Solidity code: format, tests, gas against `fixtures/gas`, and that the ABIs of `packages/chain` are
 * those of the contracts. `--update-gas` records new gas numbers instead; further arguments go to `forge test`.
 */
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { forge } from './forge.ts'

const given = process.argv.slice(2)
const updateGas = given.includes('--update-gas')

const steps = [
  { command: 'fmt', args: ['--check'] },
  {
    command: 'test',
    args: ['--gas-snapshot-check', String(!updateGas), ...given.filter((arg) => arg !== '--update-gas')],
  },
]

for (const { command, args } of steps) {
  const { status } = forge(command, args)
  if (status !== 0) process.exit(status ?? 1)
}

const abis = spawnSync(process.execPath, ['scripts/generate-abis.ts', '--check'], { stdio: 'inherit' })
process.exit(abis.status ?? 1)
