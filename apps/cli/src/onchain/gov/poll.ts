/** @module `tessera gov poll`: votes that bind nobody, counted by stake off chain. */
import {
  createPoll,
  listPolls,
  type PollChoice,
  pollEnd,
  pollVotes,
  proposalText,
  votePoll,
} from '@tessera/chain/contracts/polls'
import { findGovernance } from '@tessera/chain/governance/find-governance'
import type { RoundTimes } from '@tessera/chain/round-times'
import type { Address } from '@tessera/protocol/address'
import { formatTable } from '../../table.ts'
import { formatLpt } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import { formatDuration } from '../duration.ts'
import type { ReadingOptions, SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'
import { shownText } from '../shown-text.ts'
import { tallyPoll } from './poll-tally.ts'

type Searching = { readonly fromBlock?: number }

export function pollCreate(proposal: string, options: SendingOptions & Searching): Promise<void> {
  return withChain('gov poll create', options, async (session) => {
    const creator = await findGovernance(session.client, session.controller, 'PollCreator')
    await session.perform({
      steps: [{ call: createPoll(session.client, creator, proposal), says: `open a poll on ${proposal}` }],
    })
    if (session.isDryRun) return { result: { proposal, poll: null, endBlock: null }, lines: [] }
    const newest = (await listPolls(session.client, creator, firstBlock(options))).at(-1)
    const times = await session.times()
    return {
      result: { proposal, poll: newest?.poll ?? null, endBlock: newest?.endBlock ?? null },
      lines: newest
        ? [`Poll ${newest.poll} is open until block ${newest.endBlock}${untilBlock(times, newest.endBlock)}.`]
        : [],
      next: newest
        ? [`tessera gov poll vote ${newest.poll} yes`, 'tessera gov poll list finds it again']
        : [],
    }
  })
}

export function pollList(options: ReadingOptions & Searching): Promise<void> {
  return withChain('gov poll list', options, async (session) => {
    const creator = await findGovernance(session.client, session.controller, 'PollCreator')
    const [polls, times] = await Promise.all([
      listPolls(session.client, creator, firstBlock(options)),
      session.times(),
    ])
    const rows = polls.map(({ poll, proposal, endBlock }) => ({
      poll,
      proposal: proposalText(proposal),
      open: times.block <= endBlock,
      endBlock,
    }))
    const table = formatTable(
      ['Poll', 'State', 'Proposal'],
      rows.map(({ poll, proposal, open, endBlock }) => [
        poll,
        `${open ? 'open until' : 'over since'} block ${endBlock}`,
        shownText(proposal),
      ]),
    )
    return {
      result: { polls: rows.toReversed() },
      lines: rows.length === 0 ? ['No poll has been opened.'] : [table],
    }
  })
}

export function pollVote(poll: string, choice: PollChoice, options: SendingOptions): Promise<void> {
  return withChain('gov poll vote', options, async (session) => {
    const at = pollAddress(poll)
    const account = await session.address()
    await session.perform({
      steps: [{ call: votePoll(session.client, at, choice), says: `vote ${choice} in poll ${at}` }],
    })
    const { bondingManager } = await session.contracts()
    const stake = await bondingManager.pendingStake(account)
    return {
      result: { poll: at, account, choice, stake },
      lines: session.isDryRun ? [] : [`${account} voted ${choice} with a stake of ${formatLpt(stake)}.`],
      next: [`tessera gov poll show ${at}; a later vote replaces this one`],
    }
  })
}

export function pollShow(poll: string, options: ReadingOptions & Searching): Promise<void> {
  return withChain('gov poll show', options, async (session) => {
    const at = pollAddress(poll)
    const { bondingManager } = await session.contracts()
    const [end, times, votes] = await Promise.all([
      pollEnd(session.client, at),
      session.times(),
      pollVotes(session.client, at, firstBlock(options)),
    ])
    const tally = await tallyPoll(votes, bondingManager)
    const isOpen = times.block <= end
    return {
      result: { poll: at, open: isOpen, endBlock: end, voters: votes.size, yes: tally.yes, no: tally.no },
      lines: [
        formatTable(
          [],
          [
            ['Poll', at],
            [
              'State',
              isOpen ? `open until block ${end}${untilBlock(times, end)}` : `over since block ${end}`,
            ],
            [
              'Votes',
              `${formatLpt(tally.yes)} yes, ${formatLpt(tally.no)} no, by the stake of ${voters(votes.size)} as it is now`,
            ],
          ],
        ),
      ],
    }
  })
}

function voters(count: number): string {
  return count === 1 ? '1 voter' : `${count} voters`
}

function firstBlock({ fromBlock }: Searching): bigint | undefined {
  return fromBlock === undefined ? undefined : BigInt(fromBlock)
}

function pollAddress(text: string): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new UsageError(`${text} is not the address of a poll.`)
  return checkedAddress(text)
}

function untilBlock(times: RoundTimes, end: bigint): string {
  const blocks = Number(end - times.block)
  return blocks > 0 ? `, for about ${formatDuration(blocks * times.secondsPerBlock)}` : ''
}
