/** @module Reads a report that somebody else may have written: only what proofs and the mine need, strictly. */
import type { Hex } from '@tessera/runtime/bytes'
import { GenesisFilesError } from './errors.ts'
import type { GenesisReport, MineTerms } from './report.ts'

/** Grants of a whole company fit; the list of accounts is not in a report. */
const MAX_REPORT_CHARACTERS = 8_000_000
const AMOUNTS = [
  'totalTokens',
  'tokensPerAllocation',
  'remainder',
  'balanceThreshold',
  'genesisBlock',
  'callerStartBlock',
  'callerEndBlock',
] as const satisfies readonly (keyof GenesisReport['mine'])[]

/** @throws {GenesisFilesError} naming the field. */
export function parseReport(text: string): MineTerms {
  const report = objectOf(readReportJson(text), 'report')
  if (report.format !== 'tessera-genesis-report' || report.version !== 1) throw malformed('format')
  const tree = objectOf(report.tree, 'tree')
  const mine = objectOf(report.mine, 'mine')
  const { root } = tree
  if (!isHash(root)) throw malformed('tree.root')
  const recipients = countOf(tree.recipients, 'tree.recipients')
  if (countOf(mine.totalRecipients, 'mine.totalRecipients') !== recipients)
    throw malformed('mine.totalRecipients')
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, amountOf(mine[name], `mine.${name}`)]))
  // Every name of AMOUNTS was set above.
  return {
    tree: { root, recipients },
    mine: { totalRecipients: recipients, ...amounts } as GenesisReport['mine'],
  }
}

/** Any JSON of bearable size, for a comparison. @throws {GenesisFilesError} */
export function readReportJson(text: string): unknown {
  if (text.length > MAX_REPORT_CHARACTERS) throw malformed('length')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new GenesisFilesError('The report is not JSON.', {}, error)
  }
}

function objectOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field)
  return value as Readonly<Record<string, unknown>>
}

function isHash(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value)
}

function countOf(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > 2 ** 32)
    throw malformed(field)
  return value
}

function amountOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^(0|[1-9]\d{0,77})$/.test(value)) throw malformed(field)
  return value
}

function malformed(field: string): GenesisFilesError {
  return new GenesisFilesError(`This is no report of a genesis: ${field} is not what it must be.`, { field })
}
