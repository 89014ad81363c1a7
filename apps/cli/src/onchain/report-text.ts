/** @module The report of an on-chain command for people. */
import { formatTable } from '../table.ts'
import { formatEth } from './amounts.ts'
import type { Sent } from './plan.ts'
import type { Envelope, Report } from './report.ts'
import { oneLine, printable } from './shown-text.ts'

export function successText(envelope: Envelope, report: Report): string {
  const changes = envelope.changes.map(({ what, text }) => [what, oneLine(text)])
  const lines = [
    ...transactionLines(envelope),
    ...report.lines,
    ...(changes.length > 0 ? [envelope.dryRun ? 'Would change:' : 'Changed:', formatTable([], changes)] : []),
    ...(report.next && report.next.length > 0 ? ['', ...report.next.map((line) => `Next: ${line}`)] : []),
  ]
  return printable(lines.join('\n'))
}

/** One for each transaction. */
export function transactionLines(envelope: Envelope): readonly string[] {
  if (envelope.transactions.length === 0) return []
  if (!envelope.dryRun) return envelope.transactions.map(sentLine)
  return ['Dry run: nothing is sent. It would', ...envelope.transactions.map(plannedLine)]
}

function sentLine({ what, hash, block, gas, cost }: Sent): string {
  return `${what}: block ${block}, gas ${gas}, cost ${formatEth(cost ?? 0n)}, ${hash}`
}

function plannedLine({ what, says, gas, value, cost }: Sent): string {
  const facts = [
    ...(what === says ? [] : [what]),
    ...(value > 0n ? [`with ${formatEth(value)}`] : []),
    ...(gas === undefined ? [] : [`gas about ${gas}`, `at most ${formatEth(cost ?? 0n)}`]),
  ]
  return `  ${oneLine(says)} (${facts.join(', ')})`
}
