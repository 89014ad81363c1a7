/** @module `tessera gov show` and `list`. */
import type { ProposalStanding } from '@tessera/chain/contracts/livepeer-governor'
import { describeCall } from '@tessera/chain/governance/describe-call'
import { listProposals } from '@tessera/chain/governance/proposals'
import type { RoundTimes } from '@tessera/chain/round-times'
import { systemClock } from '@tessera/runtime/clock'
import { formatTable } from '../../table.ts'
import { formatLpt } from '../amounts.ts'
import { shortId, shortIds } from '../by-prefix.ts'
import { formatDuration, secondsUntilRound, whenRound } from '../duration.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { oneLine, shownText } from '../shown-text.ts'
import { connectGovernance, findProposal, tallyText, titleOf } from './governance.ts'

type Options = ReadingOptions & { readonly fromBlock?: number }

export function govShow(given: string, options: Options): Promise<void> {
  return withChain('gov show', options, async (session) => {
    const { governor, addresses } = await connectGovernance(session)
    const proposal = await findProposal(session, governor, { id: given, fromBlock: options.fromBlock })
    const { id } = proposal
    const [standing, times] = await Promise.all([governor.standing(id), session.times()])
    const { state, snapshot, deadline, tally, quorum, quota, eta } = standing
    const actions = proposal.actions.map((action) => ({ ...action, text: describeCall(action, addresses) }))
    const [title = '', ...body] = proposal.description.split('\n')
    const cast = tally.for + tally.against + tally.abstain
    const castText = quorum === undefined ? `known after round ${snapshot}` : quorumText(cast, quorum)
    return {
      result: {
        proposal: id,
        proposer: proposal.proposer,
        state,
        description: proposal.description,
        actions: actions.map(({ target, value, data, text }) => ({ target, value, data, text })),
        voteStartRound: snapshot + 1n,
        voteEndRound: deadline,
        voteStartInSeconds: secondsUntilRound(times, snapshot + 1n),
        voteEndInSeconds: secondsUntilRound(times, deadline + 1n),
        votes: tally,
        quorum: quorum ?? null,
        quota,
        executableAt: eta > 0n ? eta : null,
      },
      lines: [
        formatTable(
          [],
          [
            ['Proposal', String(id)],
            ['Title', shownText(title.replace(/^#+\s*/, ''))],
            ['By', proposal.proposer],
            ['State', `${state}${stateText(standing, times)}`],
            ['Votes', tallyText(tally, quota)],
            ['Quorum', castText],
            ...actions.map(({ text }, k) => [k === 0 ? 'Calls' : '', oneLine(text)]),
          ],
        ),
        ...body.map((line) => `  ${shownText(line)}`.trimEnd()),
      ],
      next: nextSteps(id, standing),
    }
  })
}

export function govList(options: Options): Promise<void> {
  return withChain('gov list', options, async (session) => {
    const { governor } = await connectGovernance(session)
    const fromBlock = options.fromBlock === undefined ? undefined : BigInt(options.fromBlock)
    const [listed, times] = await Promise.all([
      listProposals(session.client, governor.address, fromBlock),
      session.times(),
    ])
    const states = await Promise.all(listed.map(({ id }) => governor.state(id)))
    const rows = listed.map(({ id, description, proposer, snapshot, deadline }, k) => ({
      id,
      title: titleOf(description),
      state: states[k] ?? 'pending',
      proposer,
      voteStartRound: snapshot + 1n,
      voteEndRound: deadline,
    }))
    const shorts = shortIds(rows.map(({ id }) => String(id)))
    const table = formatTable(
      ['Proposal', 'State', 'Voting', 'Title'],
      rows.map(({ title, state, voteStartRound, voteEndRound }, k) => [
        shorts[k] ?? String(k),
        state,
        `rounds ${voteStartRound} to ${voteEndRound}`,
        shownText(title),
      ]),
    )
    return {
      result: { proposals: rows.toReversed(), round: times.currentRound },
      lines: rows.length === 0 ? ['No proposal has been made.'] : [table],
    }
  })
}

function stateText({ state, snapshot, deadline, eta }: ProposalStanding, times: RoundTimes): string {
  if (state === 'pending')
    return `: voting begins with round ${snapshot + 1n}, ${whenRound(times, snapshot + 1n)}`
  if (state === 'active') return `: voting ends with round ${deadline}, ${whenRound(times, deadline + 1n)}`
  if (state !== 'queued') return ''
  const seconds = Number(eta) - systemClock.nowMs() / 1000
  return seconds > 0 ? `: executable in about ${formatDuration(seconds)}` : ': executable now'
}

/** e.g. `reached: 120 LPT cast, 100 LPT needed`. */
export function quorumText(cast: bigint, quorum: bigint): string {
  const verdict = cast >= quorum ? 'reached' : 'not reached'
  return `${verdict}: ${formatLpt(cast)} cast, ${formatLpt(quorum)} needed`
}

function nextSteps(whole: bigint, { state }: ProposalStanding): readonly string[] {
  const id = shortId(whole)
  if (state === 'active') return [`tessera gov vote ${id} for|against|abstain`]
  if (state === 'succeeded') return [`tessera gov queue ${id}`]
  if (state === 'queued') return [`tessera gov execute ${id}`]
  return []
}
