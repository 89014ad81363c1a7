/** @module `tessera demo`: the whole network on a real stream, checked and reported. */
import { accessSync, constants, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { BaseError } from '@tessera/runtime/errors'
import { formatReport } from '../demo/report.ts'
import { DemoRun } from '../demo/run.ts'
import { DataFolder } from '../network/data-folder.ts'
import { LocalNetwork } from '../network/local-network.ts'
import { networkPorts } from '../network/ports.ts'

export type DemoOptions = {
  readonly seconds: number
  readonly input?: string
  readonly json?: string
  readonly portBase?: number
  readonly verbose: boolean
}

export async function demo(options: DemoOptions): Promise<void> {
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopped.abort(new Error('The demo was stopped.')))
  }
  const progress = (step: string) => process.stderr.write(`${step} …\n`)
  requireFiles(options)
  const ports = networkPorts({ base: options.portBase, orchestrators: 2 })
  using data = DataFolder.open({ path: '', ephemeral: true })
  await using network = await LocalNetwork.start({ ports, data, verbose: options.verbose }, { progress })
  const run = new DemoRun(network, { progress, signal: stopped.signal })
  const report = await run.run({ seconds: options.seconds, ...(options.input && { input: options.input }) })
  process.stdout.write(`\n${formatReport(report)}\n`)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
  process.exitCode = report.ok ? 0 : 1
}

/** What would only be noticed after the demonstration is asked before it. */
function requireFiles({ input, json }: DemoOptions): void {
  if (input !== undefined && !isAllowed(input, constants.R_OK)) throw new FileProblem('read', input)
  if (json !== undefined && !isAllowed(dirname(resolve(json)), constants.W_OK))
    throw new FileProblem('write', json)
}

function isAllowed(path: string, access: number): boolean {
  try {
    accessSync(path, access)
    return true
  } catch {
    return false
  }
}

class FileProblem extends BaseError {
  constructor(action: 'read' | 'write', path: string) {
    const advice =
      action === 'read' ? 'Check the path given with --input.' : 'Check the folder given with --json.'
    super({ code: 'DEMO_FILE', message: `Cannot ${action} ${path}.`, advice })
  }
}
