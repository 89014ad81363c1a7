/** @module What the verbs of `tessera gov` need of a deployment. */
import { LivepeerGovernor, type ProposalTally } from '@tessera/chain/contracts/livepeer-governor'
import type { GovernedAddresses } from '@tessera/chain/governance/contract-abis'
import { findGovernance } from '@tessera/chain/governance/find-governance'
import { type ListedProposal, listProposals } from '@tessera/chain/governance/proposals'
import { MAX_UINT256 } from '@tessera/protocol/units'
import { formatLpt, formatPercent } from '../amounts.ts'
import { byPrefix } from '../by-prefix.ts'
import type { ChainSession } from '../session.ts'

/** Digits; an id is a hash, and one in 10^17 has fewer. */
const WHOLE_ID = 61

export type Governance = { readonly governor: LivepeerGovernor; readonly addresses: GovernedAddresses }

/** @throws {ContractMissingError} when the deployment has no governance. */
export async function connectGovernance(session: ChainSession): Promise<Governance> {
  const { addresses } = await session.contracts()
  const find = (name: 'LivepeerGovernor' | 'Treasury') =>
    findGovernance(session.client, addresses.Controller, name)
  const [governor, treasury] = await Promise.all([find('LivepeerGovernor'), find('Treasury')])
  return {
    governor: new LivepeerGovernor(session.client, governor),
    addresses: { ...addresses, LivepeerGovernor: governor, Treasury: treasury },
  }
}

/** How a command names a proposal: its id or the beginning of it, and where to look. */
export type ProposalSearch = {
  readonly id: string
  /** First block to search; the governor's own first when absent. */
  readonly fromBlock: number | undefined
}

/** @throws {NotFoundError | UsageError} when none or several proposals have such an id. */
export async function findProposal(
  session: ChainSession,
  governor: LivepeerGovernor,
  { id, fromBlock }: ProposalSearch,
): Promise<ListedProposal> {
  const from = fromBlock === undefined ? undefined : BigInt(fromBlock)
  const listed = await listProposals(session.client, governor.address, from)
  const named = listed.map((one) => ({ id: String(one.id), title: titleOf(one.description), one }))
  return byPrefix(id, named, { what: 'proposal', list: 'tessera gov list' }).one
}

/** Without a search where the whole id is given. @throws as `findProposal`. */
export async function findProposalId(
  session: ChainSession,
  governor: LivepeerGovernor,
  search: ProposalSearch,
): Promise<bigint> {
  const whole =
    search.id.length >= WHOLE_ID && BigInt(search.id) <= MAX_UINT256 ? BigInt(search.id) : undefined
  if (whole !== undefined && (await governor.exists(whole))) return whole
  return (await findProposal(session, governor, search)).id
}

/** First line of the text, without the mark of a Markdown heading. */
export function titleOf(description: string): string {
  return (description.split('\n', 1)[0] ?? '').replace(/^#+\s*/, '').trim()
}

export function tallyText(tally: ProposalTally, quota: bigint): string {
  const decided = tally.for + tally.against
  const share = decided === 0n ? 0n : (tally.for * 1_000_000n) / decided
  return (
    `${formatLpt(tally.for)} for, ${formatLpt(tally.against)} against, ${formatLpt(tally.abstain)} abstain` +
    `; ${formatPercent(share)} for, ${formatPercent(quota)} needed`
  )
}
