/**
 * @module Checks words and links: every relative link in Markdown leads somewhere; Livepeer's old words for the roles
 * stay at the edges where its ABI and wire demand them; nothing names one machine, is left to do, or has a name that
 * says nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { brokenLinks, type Finding, forbiddenWords, meaninglessName } from './words/rules.ts'

const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`)

const TEXT = /(\.(tsx?|m?js|cjs|json|md|sol|toml|css|html|proto|sh)|^tessera|^\.ci\/run)$/
const GENERATED = /(^|\/)(gen|abis|fixtures)\/|package-lock\.json$|^contracts\/vectors\//
const paths = listed.stdout.split('\0').filter((path) => path !== '' && existsSync(path))

const findings: Finding[] = paths.flatMap((path) => meaninglessName(path))
for (const path of paths) {
  if (!TEXT.test(path) || GENERATED.test(path)) continue
  const text = readFileSync(path, 'utf8')
  findings.push(...forbiddenWords(path, text))
  if (path.endsWith('.md')) findings.push(...brokenLinks(path, text, (target) => existsSync(target)))
}

for (const { path, line, problem } of findings) console.error(`${path}:${line}: ${problem}`)
if (findings.length > 0) process.exit(1)
