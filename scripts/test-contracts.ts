/**
 * @module Checks the Solidity code: format, tests, and gas against `fixtures/gas`. `--update-gas` records new gas
 * numbers instead; further arguments go to `forge test`.
 */
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
