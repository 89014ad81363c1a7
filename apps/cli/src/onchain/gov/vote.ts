/** @module `tessera gov vote`. */
import type { VoteChoice } from '@tessera/chain/contracts/livepeer-governor'
import { systemClock } from '@tessera/runtime/clock'
import { formatLpt } from '../amounts.ts'
import { shortId } from '../by-prefix.ts'
import { whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import type { Plan } from '../plan.ts'
import { withChain } from '../session.ts'
import { connectGovernance, findProposalId } from './governance.ts'
import { orNotYet } from './too-early.ts'

export function govVote(
  given: string,
  choice: VoteChoice,
  options: SendingOptions & { readonly reason: string; readonly fromBlock?: number },
): Promise<void> {
  return withChain('gov vote', options, async (session) => {
    const { governor } = await connectGovernance(session)
    const account = await session.address()
    const id = await findProposalId(session, governor, { id: given, fromBlock: options.fromBlock })
    const [standing, times] = await Promise.all([governor.standing(id), session.times()])
    const { snapshot, deadline, state } = standing
    const plan: Plan = {
      steps: [
        { call: governor.vote(id, choice, options.reason), says: `vote ${choice} proposal ${shortId(id)}` },
      ],
      ...(state === 'active' && { warning: 'A vote cannot be changed.' }),
    }
    await session.perform(plan).catch((error: unknown) => {
      const nowSeconds = systemClock.nowMs() / 1000
      throw orNotYet(error, { step: 'vote', id, standing, times, nowSeconds })
    })
    const votes = await governor.votesAt(account, snapshot)
    return {
      result: { proposal: id, account, choice, votes, voteEndRound: deadline },
      lines: [
        ...(session.isDryRun ? [] : [`${account} voted ${choice}.`]),
        votes === 0n
          ? `It had no stake at the end of round ${snapshot}: the vote counts nothing.`
          : `It counts ${formatLpt(votes)}: the stake at the end of round ${snapshot}, less what delegators vote themselves.`,
      ],
      next: [
        `voting ends with round ${deadline}, ${whenRound(times, deadline + 1n)}; then tessera gov queue ${shortId(id)}, if it is accepted`,
      ],
    }
  })
}
