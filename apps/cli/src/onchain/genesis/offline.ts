/** @module A command about files alone, with the output of the on-chain ones: no chain is asked. */
import { BaseError } from '@tessera/runtime/errors'
import { exitCodeOf } from '../exit-codes.ts'
import { failureDocument, failureText } from '../failure.ts'
import { writeErr, writeOut } from '../output.ts'
import { pasteableAdvice, pasteableReport } from '../pasteable.ts'
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
    const report = pasteableReport(await run(), {})
    if (options.json) process.stdout.write(`${successDocument(envelope, report)}\n`)
    else writeOut(successText(envelope, report))
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    const own = BaseError.isInstance(error) ? error.advice : undefined
    const advice = own === undefined ? undefined : pasteableAdvice(own, {})
    if (options.json) process.stdout.write(`${failureDocument(envelope, error, advice)}\n`)
    else writeErr(failureText(envelope, error, advice))
  }
}
