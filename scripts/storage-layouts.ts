/**
 * @module Keeps `contracts/snapshots/storage`: where each contract behind a proxy has its state. An upgrade that moves a
 * slot would read one account's stake as another's. `--check` (the default) fails on any difference, `--update` records
 * new variables but refuses moved ones, `--rewrite` records anything: only right while no deployment holds state.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { forge } from './forge.ts'
import { compareLayouts, type StorageLayout, storageLines } from './storage/layout.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'contracts/snapshots/storage')
const out = join(root, 'contracts/out')

/** The two slots that the proxy itself reads; every target has to leave them where they are. */
const proxySlots = [
  '0.0 controller: contract IController (20 bytes)',
  '1.0 targetContractId: bytes32 (32 bytes)',
]

/** Bases of targets; they are never deployed as one. */
const bases = new Set(['ManagerProxy', 'ManagerProxyTarget'])

type Artifact = { readonly bytecode: { readonly object: string }; readonly storageLayout?: StorageLayout }

/** Every deployable contract of `contracts/src` with the proxy's variables is a target; no list to keep. */
function targets(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const path of readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()) {
    const name = /^[^/]+\.sol\/(\w+)\.json$/.exec(path)?.[1]
    if (name === undefined || bases.has(name)) continue
    const { bytecode, storageLayout } = JSON.parse(readFileSync(join(out, path), 'utf8')) as Artifact
    const first = storageLayout?.storage[0]
    if (storageLayout === undefined || first === undefined || bytecode.object === '0x') continue
    const source = first.contract.split(':')[0]!
    if (!source.startsWith('contracts/src/') || !existsSync(join(root, source))) continue
    if (storageLayout.storage.some(({ label }) => label === 'targetContractId'))
      found.set(name, storageLines(storageLayout))
  }
  return found
}

function recorded(name: string): readonly string[] {
  const path = join(folder, `${name}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly string[]) : []
}

const build = forge('build', ['--skip', 'test'], { capture: true })
if (build.status !== 0) {
  console.error(build.stdout, build.stderr)
  process.exit(build.status ?? 1)
}

const update = process.argv.includes('--update')
const rewrite = process.argv.includes('--rewrite')
const present = targets()
const problems: string[] =
  present.size === 0 ? ['no target found: was the build asked for storage layouts?'] : []
mkdirSync(folder, { recursive: true })
for (const [name, lines] of present) {
  for (const slot of proxySlots)
    if (!lines.includes(slot))
      problems.push(`${name}: the proxy needs ${slot}; found ${lines.slice(0, 2).join(', ')}`)
  const { lost, added } = compareLayouts(recorded(name), lines)
  if (!rewrite) problems.push(...lost.map((line) => `${name} lost ${line}`))
  if (!rewrite && !update) problems.push(...added.map((line) => `${name} has new ${line}`))
  if (rewrite || (update && lost.length === 0))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(lines, undefined, 2)}\n`)
}
for (const file of readdirSync(folder)) {
  const name = file.replace(/\.json$/, '')
  if (present.has(name)) continue
  if (rewrite) rmSync(join(folder, file))
  else problems.push(`${name} is recorded and no longer there`)
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) console.error('new variables: node scripts/storage-layouts.ts --update')
else console.log(`${present.size} storage layouts`)
process.exit(problems.length > 0 ? 1 : 0)
