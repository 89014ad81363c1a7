/** @module `tessera bench`: measure, show, keep. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BenchRow } from '../bench/bench.ts'
import { commit, machine, resultFile } from '../bench/circumstances.ts'
import { loadBench } from '../bench/registry.ts'
import { formatTable } from '../table.ts'

export type BenchCommandOptions = {
  readonly json?: string
  readonly pairs: number
  readonly portBase?: number
}

/** The exit status is 1 when a figure misses its target. @throws {BaseError} for an unknown name. */
export async function bench(name: string, options: BenchCommandOptions): Promise<void> {
  const run = await loadBench(name)
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopped.abort(new Error('The bench was stopped.')))
  }
  const circumstances = { bench: name, commit: commit(), machine: machine() }
  const rows = await run({
    pairs: options.pairs,
    portBase: options.portBase,
    progress: (line) => process.stderr.write(`${line}\n`),
    signal: stopped.signal,
  })
  const text = `${JSON.stringify({ ...circumstances, rows }, undefined, 2)}\n`
  for (const file of [resultFile(name), ...(options.json ? [options.json] : [])]) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  process.stdout.write(`\n${table(rows)}\n\nKept in ${resultFile(name)}.\n`)
  process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1
}

function table(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ figure, value, low, high, unit, target, ok }) => [
    figure,
    String(value),
    `${low} – ${high}`,
    unit,
    `≤ ${target}`,
    ok ? 'ok' : 'missed',
  ])
  const notes = rows.map(({ figure, baseline }) => `  ${figure}: ${baseline}`)
  return [formatTable(['figure', 'median', 'interval', 'unit', 'target', ''], cells), '', ...notes].join('\n')
}
