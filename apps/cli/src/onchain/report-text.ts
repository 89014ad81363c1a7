/** @module The report of an on-chain command for people. */
import { formatTable } from '../table.ts'
import { formatEth, formatEthShort } from './amounts.ts'
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

/** Two for each transaction; none when they were told before. */
export function transactionLines(envelope: Envelope): readonly string[] {
  if (envelope.transactions.length === 0 || envelope.told) return []
  if (!envelope.dryRun) return envelope.transactions.flatMap(sentLines)
  return ['Dry run: nothing is sent. It would', ...envelope.transactions.flatMap(plannedLines)]
}

function sentLines({ what, hash, block, gas, cost }: Sent): readonly string[] {
  return [`${what}: block ${block}, gas ${gas}, cost ${formatEthShort(cost ?? 0n)}`, `  ${hash}`]
}

function plannedLines({ what, says, gas, value, cost }: Sent): readonly string[] {
  const facts = [
    ...(what === says ? [] : [what]),
    ...(value > 0n ? [`with ${formatEth(value)}`] : []),
    ...(gas === undefined ? [] : [`gas about ${gas}`, `at most ${formatEthShort(cost ?? 0n)}`]),
  ]
  return [`  ${oneLine(says)}`, ...(facts.length > 0 ? [`    ${facts.join(', ')}`] : [])]
}
