/** @module What the verbs of `tessera gov` need of a deployment. */
import { LivepeerGovernor, type ProposalTally } from '@tessera/chain/contracts/livepeer-governor'
import type { GovernedAddresses } from '@tessera/chain/governance/contract-abis'
import { findGovernance } from '@tessera/chain/governance/find-governance'
import { type ListedProposal, listProposals } from '@tessera/chain/governance/proposals'
import { formatLpt, formatPercent } from '../amounts.ts'
import { UsageError } from '../problems.ts'
import type { ChainSession } from '../session.ts'

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

/** @throws {UsageError} when no event of that proposal is found. */
export async function findProposal(
  session: ChainSession,
  governor: LivepeerGovernor,
  search: { readonly id: bigint; readonly fromBlock: bigint },
): Promise<ListedProposal> {
  const listed = await listProposals(session.client, governor.address, search.fromBlock)
  const found = listed.find(({ id }) => id === search.id)
  if (found) return found
  throw new UsageError(
    `No proposal ${search.id} was made${search.fromBlock > 0n ? ` since block ${search.fromBlock}` : ''}.`,
    'tessera gov list shows them.',
  )
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
