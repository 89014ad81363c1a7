/** @module Values of errors as people read them. */
import { formatUnits } from 'viem'
import type { ValueUnit } from './explanation.ts'

/** States of OpenZeppelin's governor, in the order of its enumeration. */
export const PROPOSAL_STATES = [
  'pending',
  'active',
  'canceled',
  'defeated',
  'succeeded',
  'queued',
  'expired',
  'executed',
] as const

/** Enough unless somebody looks for a collision; in the error's facts the id is whole. */
const ID_DIGITS = 10

/** Dates end in the year 9999; contracts may hold any number. */
const MAX_DATE_SECONDS = 253_402_300_799n

export function valueText(value: unknown, unit: ValueUnit | undefined): string {
  const number = typeof value === 'number' ? BigInt(value) : value
  if (typeof number !== 'bigint') return Array.isArray(value) ? value.map(String).join(', ') : String(value)
  switch (unit) {
    case 'lpt':
      return `${formatUnits(number, 18)} LPT`
    case 'eth':
      return `${formatUnits(number, 18)} ETH`
    case 'millionths':
      return `${formatUnits(number, 4)} %`
    case 'billionths':
      return `${formatUnits(number, 7)} %`
    case 'ray':
      return `${formatUnits(number, 25)} %`
    case 'time':
      return number > MAX_DATE_SECONDS ? `second ${number}` : utc(number)
    case 'id':
      return String(number).slice(0, ID_DIGITS)
    case 'proposalState':
      return PROPOSAL_STATES[Number(number)] ?? String(number)
    case 'revert':
    case undefined:
      return String(number)
  }
}

/** Swedish dates are ISO 8601's. */
const UTC = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' })

function utc(seconds: bigint): string {
  return `${UTC.format(Number(seconds) * 1000)} UTC`
}
