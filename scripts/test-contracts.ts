/** @module Formats-check, sizes and tests of the Solidity code. Further arguments go to `forge test`. */
import process from 'node:process'
import { forge } from './forge.ts'

const steps = [
  { command: 'fmt', args: ['--check'] },
  { command: 'test', args: process.argv.slice(2) },
]

for (const { command, args } of steps) {
  const { status } = forge(command, args)
  if (status !== 0) process.exit(status ?? 1)
}
