#!/usr/bin/env node
/**
 * The Solidity compiler of npm behind the command line that forge expects, so that a build needs no download:
 * `--version`, else a standard-JSON request on stdin (forge sends every source with it).
 */
import { readFileSync } from 'node:fs'
import solc from 'solc'

if (process.argv.includes('--version')) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`)
} else {
  const missing = (path) => ({ error: `${path} was not part of the request` })
  process.stdout.write(solc.compile(readFileSync(0, 'utf8'), { import: missing }))
}
