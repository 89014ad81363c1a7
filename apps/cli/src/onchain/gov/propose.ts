/** @module `tessera gov propose`. */
import { describeCall } from '@tessera/chain/governance/describe-call'
import { type ProposalAction, proposalId } from '@tessera/chain/governance/proposal'
import { simulate } from '@tessera/chain/node/simulate'
import { explainRevert } from '@tessera/chain/reverts/explain'
import { decodeRevert } from '@tessera/chain/reverts/revert'
import { sameAddress } from '@tessera/protocol/address'
import { shortId } from '../by-prefix.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { type ChainSession, withChain } from '../session.ts'
import { type ActionOptions, descriptionOf, parseActions } from './actions.ts'
import { connectGovernance, type Governance } from './governance.ts'

export type ProposeOptions = SendingOptions &
  ActionOptions & { readonly title: string; readonly description?: string }

export function govPropose(options: ProposeOptions, command = 'gov propose'): Promise<void> {
  return withChain(command, options, async (session) => {
    const governance = await connectGovernance(session)
    const { governor, addresses } = governance
    const content = {
      actions: await parseActions(session, governance, options),
      description: descriptionOf(options.title, options.description),
    }
    const [settings, times, doubt] = await Promise.all([
      governor.settings(),
      session.times(),
      doubtOf(session, governance, content.actions),
    ])
    const id = proposalId(content)
    const voteStart = times.currentRound + settings.votingDelay + 1n
    const voteEnd = times.currentRound + settings.votingDelay + settings.votingPeriod
    const actions = content.actions.map((action) => describeCall(action, addresses))
    await session.perform({
      steps: [{ call: governor.propose(content), says: `propose: ${actions.join('; ')}` }],
      ...(doubt && { warning: doubt }),
    })
    return {
      result: {
        proposal: id,
        actions: content.actions.map(({ target, value, data }, k) => ({
          target,
          value,
          data,
          text: actions[k] ?? '',
        })),
        voteStartRound: voteStart,
        voteEndRound: voteEnd,
        voteStartInSeconds: secondsUntilRound(times, voteStart),
        voteEndInSeconds: secondsUntilRound(times, voteEnd + 1n),
        executableNow: doubt === undefined,
      },
      lines: [
        `Proposal ${id}`,
        ...actions.map((text) => `  ${text}`),
        `Voting from round ${voteStart} on, ${whenRound(times, voteStart)}, to the end of round ${voteEnd}, ${whenRound(times, voteEnd + 1n)}.`,
        ...(doubt ? [doubt] : []),
      ],
      next: [`tessera gov vote ${shortId(id)} for`],
    }
  })
}

/**
 * What the treasury would run into if it made the calls now; much can change until it does. Calls of the governor itself
 * are left out: it takes them only while it executes a proposal.
 */
async function doubtOf(
  session: ChainSession,
  { addresses }: Governance,
  actions: readonly ProposalAction[],
): Promise<string | undefined> {
  const others = actions.filter(({ target }) => !sameAddress(target, addresses.LivepeerGovernor))
  const calls = others.map(({ target, value, data }) => ({ to: target, value, data }))
  const results = await simulate(session.client, addresses.Treasury, calls).catch(() => undefined)
  const at = results?.findIndex(({ succeeded }) => !succeeded) ?? -1
  const [failed, action] = [results?.[at], others[at]]
  if (!failed || !action) return undefined
  const { says } = explainRevert(decodeRevert(failed.returned))
  return `As things are, ${describeCall(action, addresses)} would fail when the treasury makes it: ${says}.`
}
