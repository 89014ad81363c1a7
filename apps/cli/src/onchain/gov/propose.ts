/** @module `tessera gov propose`. */
import { describeCall } from '@tessera/chain/governance/describe-call'
import { proposalId } from '@tessera/chain/governance/proposal'
import { sameAddress } from '@tessera/protocol/address'
import { shortId } from '../by-prefix.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { type ActionOptions, descriptionOf, parseActions } from './actions.ts'
import { doubtOf, governorDoubt } from './doubt.ts'
import { connectGovernance } from './governance.ts'

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
    // The governor takes calls of itself only while it executes a proposal: see `governorDoubt`.
    const ofOthers = content.actions.filter(({ target }) => !sameAddress(target, addresses.LivepeerGovernor))
    const [settings, times, simulated] = await Promise.all([
      governor.settings(),
      session.times(),
      doubtOf(session, { address: addresses.Treasury, name: 'treasury' }, { addresses, actions: ofOthers }),
    ])
    const doubt = governorDoubt(content.actions, addresses) ?? simulated
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
      ],
      next: [`tessera gov vote ${shortId(id)} for`],
    }
  })
}
