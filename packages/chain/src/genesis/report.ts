/** @module What a genesis gives to whom, so that another person can build it again and compare. */
import { type Hex, toHex } from '@tessera/runtime/bytes'
import { type Allocation, type Grant, sumOf } from './allocation.ts'
import type { RecipientList } from './recipients.ts'

/** Amounts as decimal text in LPT wei, so that JSON keeps every digit. */
export type GenesisReport = {
  readonly format: 'tessera-genesis-report'
  readonly version: 1
  /** The list of accounts; `sha256` is that of the whole file. */
  readonly input: { readonly sha256: string; readonly bytes: number; readonly rows: number }
  /** Rows that are not in the tree; `sha256` is that of excluded.csv. */
  readonly excluded: {
    readonly total: number
    readonly zeroAddress: number
    readonly belowThreshold: number
    readonly sha256: string
  }
  readonly tree: {
    readonly root: Hex
    readonly recipients: number
    readonly leaf: 'keccak256(20-byte address)'
    readonly node: 'keccak256(smaller child, larger child); without a sibling the child itself'
    readonly order: 'leaves ascending'
  }
  /** community + team + earlyDevelopers = total. */
  readonly supply: {
    readonly total: string
    readonly community: string
    readonly team: string
    readonly earlyDevelopers: string
  }
  /** Arguments of the mine, and what follows from them. tokensPerAllocation × recipients + remainder = totalTokens. */
  readonly mine: {
    readonly totalTokens: string
    readonly totalRecipients: number
    readonly tokensPerAllocation: string
    /** Stays in the mine for ever. */
    readonly remainder: string
    readonly balanceThreshold: string
    readonly genesisBlock: string
    readonly callerStartBlock: string
    readonly callerEndBlock: string
  }
  readonly grants: readonly ReportedGrant[]
}

/** The part of a report that proofs and the mine need. */
export type MineTerms = {
  readonly tree: Pick<GenesisReport['tree'], 'root' | 'recipients'>
  readonly mine: GenesisReport['mine']
}

export type ReportedGrant = Omit<Grant, 'amount'> & {
  readonly group: 'team' | 'earlyDevelopers'
  readonly amount: string
}

export function makeReport(allocation: Allocation, list: RecipientList, root: Uint8Array): GenesisReport {
  const recipients = list.leaves.length / 32
  const share = allocation.community / BigInt(recipients)
  const callerStartBlock = allocation.genesisBlock + allocation.cliffBlocks
  const { zeroAddress, belowThreshold, sha256 } = list.excluded
  return {
    format: 'tessera-genesis-report',
    version: 1,
    input: { sha256: list.sha256, bytes: list.bytes, rows: list.rows },
    excluded: { total: zeroAddress + belowThreshold, zeroAddress, belowThreshold, sha256 },
    tree: {
      root: toHex(root),
      recipients,
      leaf: 'keccak256(20-byte address)',
      node: 'keccak256(smaller child, larger child); without a sibling the child itself',
      order: 'leaves ascending',
    },
    supply: {
      total: String(allocation.supply),
      community: String(allocation.community),
      team: String(sumOf(allocation.team)),
      earlyDevelopers: String(sumOf(allocation.earlyDevelopers)),
    },
    mine: {
      totalTokens: String(allocation.community),
      totalRecipients: recipients,
      tokensPerAllocation: String(share),
      remainder: String(allocation.community - share * BigInt(recipients)),
      balanceThreshold: String(allocation.balanceThreshold),
      genesisBlock: String(allocation.genesisBlock),
      callerStartBlock: String(callerStartBlock),
      callerEndBlock: String(callerStartBlock + allocation.callerPeriodBlocks),
    },
    grants: [
      ...allocation.team.map((grant) => reported('team', grant)),
      ...allocation.earlyDevelopers.map((grant) => reported('earlyDevelopers', grant)),
    ],
  }
}

/** A value that two reports do not share. */
export type Difference = { readonly field: string; readonly ours: unknown; readonly theirs: unknown }

/** Where `theirs`, a report of unknown origin, says something else than `ours`. Empty: they are the same. */
export function compareReports(ours: GenesisReport, theirs: unknown): readonly Difference[] {
  return differences(ours, theirs, '')
}

function differences(ours: unknown, theirs: unknown, field: string): readonly Difference[] {
  const isOpen = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null
  // A list is another thing than an object with the names 0, 1, …
  const isOneKind = Array.isArray(ours) === Array.isArray(theirs)
  if (!isOpen(ours) || !isOpen(theirs) || !isOneKind) return ours === theirs ? [] : [{ field, ours, theirs }]
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)])
  return [...names].flatMap((name) =>
    differences(ours[name], theirs[name], field ? `${field}.${name}` : name),
  )
}

function reported(group: ReportedGrant['group'], grant: Grant): ReportedGrant {
  return { group, ...grant, amount: String(grant.amount) }
}
