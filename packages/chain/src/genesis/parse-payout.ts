/** @module Reads of a report what a deployment pays out: the mine and every grant, checked to the wei. */
import { type Address, address, hasPlausibleCase, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Grant } from './allocation.ts'
import { GenesisFilesError } from './errors.ts'
import { parseReport, readReportJson } from './parse-report.ts'
import type { MineTerms, ReportedGrant } from './report.ts'

export type PayoutGrant = Grant & Pick<ReportedGrant, 'group'>

/** Everything that is minted. LPT wei: mine + grants = supply. */
export type Payout = MineTerms & { readonly supply: bigint; readonly grants: readonly PayoutGrant[] }

const MAX_GRANTS = 10_000
/** 10^12 LPT: above any supply, and far below what would overflow. */
const MAX_AMOUNT = 10n ** 30n
const MAX_SECONDS = 100_000_000_000

/** @throws {GenesisFilesError} naming the field, also when the parts are not the supply. */
export function parsePayout(text: string): Payout {
  const terms = parseReport(text)
  const report = objectOf(readReportJson(text), 'report')
  const supply = objectOf(report.supply, 'supply')
  if (!Array.isArray(report.grants) || report.grants.length > MAX_GRANTS) throw malformed('grants')
  const grants = report.grants.map((grant: unknown, i) => grantOf(grant, `grants[${i}]`))
  const sumOf = (group: PayoutGrant['group']) =>
    grants.reduce((sum, grant) => (grant.group === group ? sum + grant.amount : sum), 0n)
  const total = amountOf(supply.total, 'supply.total')
  const mine = BigInt(terms.mine.totalTokens)
  const parts = { community: mine, team: sumOf('team'), earlyDevelopers: sumOf('earlyDevelopers') }
  for (const [name, sum] of Object.entries(parts)) {
    if (amountOf(supply[name], `supply.${name}`) !== sum) throw malformed(`supply.${name}`)
  }
  if (parts.community + parts.team + parts.earlyDevelopers !== total) throw malformed('supply.total')
  checkShares(terms)
  return { ...terms, supply: total, grants }
}

/** The mine computes the share itself; the report must say the same. */
function checkShares({ mine, tree }: MineTerms): void {
  const [total, accounts] = [BigInt(mine.totalTokens), BigInt(tree.recipients)]
  if (BigInt(mine.tokensPerAllocation) !== total / accounts) throw malformed('mine.tokensPerAllocation')
  if (BigInt(mine.remainder) !== total % accounts) throw malformed('mine.remainder')
}

function grantOf(value: unknown, at: string): PayoutGrant {
  const { group, beneficiary, amount, startSeconds, cliffSeconds, durationSeconds } = objectOf(value, at)
  if (group !== 'team' && group !== 'earlyDevelopers') throw malformed(`${at}.group`)
  const duration = secondsOf(durationSeconds, `${at}.durationSeconds`)
  const cliff = secondsOf(cliffSeconds, `${at}.cliffSeconds`)
  if (cliff > duration) throw malformed(`${at}.cliffSeconds`)
  const wei = amountOf(amount, `${at}.amount`)
  if (wei === 0n) throw malformed(`${at}.amount`)
  return {
    group,
    beneficiary: beneficiaryOf(beneficiary, `${at}.beneficiary`),
    amount: wei,
    startSeconds: secondsOf(startSeconds, `${at}.startSeconds`),
    cliffSeconds: cliff,
    durationSeconds: duration,
  }
}

function beneficiaryOf(value: unknown, field: string): Address {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) throw malformed(field)
  if (!hasPlausibleCase(value)) throw malformed(field)
  const account = address(value)
  if (sameAddress(account, ZERO_ADDRESS)) throw malformed(field)
  return account
}

function amountOf(value: unknown, field: string): bigint {
  if (typeof value !== 'string' || !/^(0|[1-9]\d{0,30})$/.test(value)) throw malformed(field)
  const amount = BigInt(value)
  if (amount > MAX_AMOUNT) throw malformed(field)
  return amount
}

function secondsOf(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > MAX_SECONDS)
    throw malformed(field)
  return value
}

function objectOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field)
  return { ...value }
}

function malformed(field: string): GenesisFilesError {
  return new GenesisFilesError(
    `This is no report of a genesis that adds up: ${field} is not what it must be.`,
    {
      field,
    },
  )
}
