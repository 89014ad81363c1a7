/** @module `tessera demo`: the whole network on a real stream, checked and reported. */
import { writeFileSync } from 'node:fs'
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
  const ports = networkPorts({ base: options.portBase, orchestrators: 2 })
  using data = DataFolder.open({ path: '', ephemeral: true })
  await using network = await LocalNetwork.start({ ports, data, verbose: options.verbose }, { progress })
  const run = new DemoRun(network, { progress, signal: stopped.signal })
  const report = await run.run({ seconds: options.seconds, ...(options.input && { input: options.input }) })
  process.stdout.write(`\n${formatReport(report)}\n`)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
  process.exitCode = report.ok ? 0 : 1
}
