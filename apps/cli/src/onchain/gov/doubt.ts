/** @module What a contract would run into if it made the calls that are proposed for it. */
import { describeCall } from '@tessera/chain/governance/describe-call'
import { settingIn } from '@tessera/chain/governance/parameters'
import type { ProposalAction } from '@tessera/chain/governance/proposal'
import { simulate } from '@tessera/chain/node/simulate'
import { explainRevert } from '@tessera/chain/reverts/explain'
import { decodeRevert } from '@tessera/chain/reverts/revert'
import type { Address } from '@tessera/protocol/address'
import type { ChainSession } from '../session.ts'
import { outOfLimits } from './actions.ts'
import type { Governance } from './governance.ts'

/**
 * Of the calls that the governor makes of itself, which it takes only while it executes a proposal, so that they can't
 * be simulated: what is wrong with the first that sets what cannot be.
 */
export function governorDoubt(
  actions: readonly ProposalAction[],
  addresses: Governance['addresses'],
): string | undefined {
  for (const action of actions) {
    const setting = settingIn(action, addresses)
    const wrong = setting && outOfLimits(setting)
    if (wrong !== undefined) return `${describeCall(action, addresses)} would fail: ${wrong}.`
  }
  return undefined
}

/** As things are now; much can change until it makes them. Nothing where all would succeed, or the node cannot say. */
export async function doubtOf(
  session: ChainSession,
  by: { readonly address: Address; readonly name: string },
  proposed: { readonly actions: readonly ProposalAction[]; readonly addresses: Governance['addresses'] },
): Promise<string | undefined> {
  const { actions, addresses } = proposed
  const calls = actions.map(({ target, value, data }) => ({ to: target, value, data }))
  const results = await simulate(session.client, by.address, calls).catch(() => undefined)
  const at = results?.findIndex(({ succeeded }) => !succeeded) ?? -1
  const [failed, action] = [results?.[at], actions[at]]
  if (!failed || !action) return undefined
  const { says } = explainRevert(decodeRevert(failed.returned))
  return `As things are, ${describeCall(action, addresses)} would fail when the ${by.name} makes it: ${says}.`
}
