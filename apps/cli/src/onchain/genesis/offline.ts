/** @module A command about files alone, with the output of the on-chain ones: no chain is asked. */
import { exitCodeOf } from '../exit-codes.ts'
import { failureDocument, failureText } from '../failure.ts'
import { type Report, successDocument } from '../report.ts'
import { successText } from '../report-text.ts'

export type OfflineOptions = { readonly json: boolean }

/** Runs the verb, prints its report, sets the exit status. Never rejects. */
export async function withoutChain(
  command: string,
  options: OfflineOptions,
  run: () => Promise<Report>,
): Promise<void> {
  const envelope = { command, dryRun: false, transactions: [], changes: [] }
  try {
    const report = await run()
    process.stdout.write(
      `${options.json ? successDocument(envelope, report) : successText(envelope, report)}\n`,
    )
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (options.json) process.stdout.write(`${failureDocument(envelope, error)}\n`)
    else process.stderr.write(`${failureText(envelope, error)}\n`)
  }
}
