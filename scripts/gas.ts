/**
 * @module Measures what every operation of the protocol costs, prints it beside the original's cost, and fails when a
 * figure of `contracts/snapshots/gas.json` has grown, or one is above the original's. `--update` records the new figures.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { forge } from './forge.ts'

type Row = { readonly operation: string; readonly gas: number }

const root = fileURLToPath(new URL('..', import.meta.url))
const recordPath = join(root, 'contracts/snapshots/gas.json')
const original = readRows(join(root, 'fixtures/gas/original.json'))
const recorded = readRows(recordPath)
const measured = measure()

print(measured)
if (process.argv.includes('--update')) record(measured)
else compare(measured)

/** Rows in the order of the original's table; operations that the original does not have come last. */
function measure(): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-gas-'))
  try {
    const run = forge('test', ['--match-path', 'contracts/test/gas/*'], {
      capture: true,
      env: { FOUNDRY_SNAPSHOTS: folder },
    })
    if (run.status !== 0) stop(`${run.stdout}${run.stderr}`)
    const found = JSON.parse(readFileSync(join(folder, 'operations.json'), 'utf8')) as Record<string, string>
    const order = new Map(original.map((row, index) => [row.operation, index]))
    const place = (row: Row): number => order.get(row.operation) ?? order.size
    return Object.entries(found)
      .map(([operation, gas]) => ({ operation, gas: Number(gas) }))
      .sort((a, b) => place(a) - place(b))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function print(rows: readonly Row[]): void {
  console.log(
    `${'operation'.padEnd(66)}${'ours'.padStart(9)}${'original'.padStart(10)}${'ratio'.padStart(7)}`,
  )
  for (const { operation, gas } of rows) {
    const theirs = gasOf(original, operation)
    const ratio = theirs ? (gas / theirs).toFixed(2) : '-'
    console.log(
      `${operation.padEnd(66)}${String(gas).padStart(9)}${String(theirs ?? '-').padStart(10)}${ratio.padStart(7)}`,
    )
  }
}

function record(rows: readonly Row[]): void {
  writeFileSync(recordPath, `${JSON.stringify({ rows }, null, 2)}\n`)
}

function compare(rows: readonly Row[]): void {
  const missing = [...original, ...recorded].filter((row) => !gasOf(rows, row.operation))
  if (missing.length > 0) stop(`Not measured: ${missing.map((row) => row.operation).join('; ')}`)
  const dearer = rows.filter((row) => row.gas > (gasOf(original, row.operation) ?? row.gas))
  if (dearer.length > 0) {
    stop(`These cost more than with the original: ${dearer.map((row) => row.operation).join('; ')}`)
  }
  const grown = rows.filter((row) => row.gas > (gasOf(recorded, row.operation) ?? 0))
  if (grown.length > 0) {
    const lines = grown.map(
      (row) => `  ${row.operation}: ${gasOf(recorded, row.operation) ?? 'new'} -> ${row.gas}`,
    )
    stop(
      `These cost more than contracts/snapshots/gas.json says:\n${lines.join('\n')}\nIf that is meant: npm run gas -- --update`,
    )
  }
  const shrunk = rows.filter((row) => row.gas < (gasOf(recorded, row.operation) ?? 0))
  if (shrunk.length > 0)
    console.log(`\n${shrunk.length} cost less than recorded. To hold that: npm run gas -- --update`)
}

function gasOf(rows: readonly Row[], operation: string): number | undefined {
  return rows.find((row) => row.operation === operation)?.gas
}

function readRows(path: string): readonly Row[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly rows: readonly Row[] }).rows
}

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}
