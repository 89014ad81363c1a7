import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliWorld } from './cli-process.suite.ts'

const UNIT = 10n ** 18n
/** Some twenty runs of the command line, each a process that loads itself. */
const LIFE_OF_A_PROPOSAL_MS = 300_000
let world: CliWorld

beforeAll(async () => {
  world = await CliWorld.start()
  await world.nextRound()
})
afterAll(() => world?.[Symbol.asyncDispose]())

/** Voting takes a snapshot of the stake at the end of a round, so it begins some rounds later. */
async function untilRound(round: string): Promise<void> {
  const { roundsManager } = world.devnet.contracts
  while ((await roundsManager.currentRound()) < BigInt(round)) await world.nextRound()
}

test(
  'a proposal is made, voted on, queued and executed',
  async () => {
    const { address: delegator } = world.devnet.delegator
    const proposed = await world.json(
      'orchestrator1',
      ...['gov', 'propose', '--title', 'Vote for longer', '--set', 'governor.votingPeriod=12'],
    )
    expect(proposed).toMatchObject({ ok: true, result: { executableNow: true } })
    expect(proposed.result.actions).toMatchObject([{ text: 'LivepeerGovernor.setVotingPeriod(12)' }])
    const id: string = proposed.result.proposal
    expect((await world.json('0', 'gov', 'show', id)).result).toMatchObject({
      state: 'pending',
      quorum: null,
    })
    const early = await world.json('orchestrator1', 'gov', 'vote', id, 'for')
    expect(early).toMatchObject({ status: 8, transactions: [] })
    expect(early.error.message).toContain(`begins with round ${proposed.result.voteStartRound}`)

    await untilRound(proposed.result.voteStartRound)
    const first = await world.json('orchestrator1', 'gov', 'vote', id, 'for', '--reason', 'time to think')
    expect(first.result).toMatchObject({ choice: 'for', votes: String(2_000_000n * UNIT) })
    const second = await world.json('delegator', 'gov', 'vote', id, 'against')
    expect(second.result).toMatchObject({ account: delegator, votes: String(500_000n * UNIT) })
    const twice = await world.json('delegator', 'gov', 'vote', id, 'for')
    expect(twice.error.facts).toMatchObject({ reason: 'VoteAlreadyCast' })
    const shown = await world.json('0', 'gov', 'show', id)
    expect(shown.result).toMatchObject({
      state: 'active',
      votes: { for: String(1_500_000n * UNIT), against: String(500_000n * UNIT), abstain: '0' },
    })
    const tooEarly = await world.json('9', 'gov', 'queue', id)
    expect([tooEarly.status, tooEarly.error.message]).toEqual([
      8,
      expect.stringContaining(`ends with round ${proposed.result.voteEndRound}`),
    ])

    await untilRound(String(BigInt(proposed.result.voteEndRound) + 1n))
    expect((await world.json('9', 'gov', 'queue', id)).result).toMatchObject({ state: 'queued' })
    expect((await world.json('9', 'gov', 'execute', id)).result).toMatchObject({ state: 'executed' })
    const listed = await world.json('9', 'gov', 'list')
    expect(listed.result.proposals).toMatchObject([{ id, title: 'Vote for longer', state: 'executed' }])
    const next = await world.json(
      'orchestrator1',
      'gov',
      'propose',
      '--title',
      'x',
      '--set',
      'governor.quorum=30',
    )
    expect(BigInt(next.result.voteEndRound) - BigInt(next.result.voteStartRound)).toBe(11n)
    expect((await world.json('orchestrator1', 'gov', 'cancel', next.result.proposal)).result).toMatchObject({
      state: 'canceled',
    })
  },
  LIFE_OF_A_PROPOSAL_MS,
)

test('a proposal says what the treasury would run into, and a poor account may not make one', async () => {
  const args = ['--title', 'Pay', '--dry-run']
  const receiver = world.devnet.gateway.address
  const poor = await world.json('9', 'treasury', 'propose-transfer', '5', receiver, ...args)
  expect(poor.error.facts).toMatchObject({ reason: 'GovernorInsufficientProposerVotes' })
  expect(poor.error.message).toMatch(/has 0 LPT of stake and proposing takes 100 LPT/)
  const rich = await world.json('orchestrator1', 'treasury', 'propose-transfer', '5', 'gateway', ...args)
  expect(rich).toMatchObject({ ok: true, result: { executableNow: false } })
  expect(rich.result.actions[0].text).toBe(`LivepeerToken.transfer(${receiver}, 5 LPT)`)
  expect((await world.json('0', 'treasury', 'show')).result).toMatchObject({ lptBalance: '0' })
})

test('a poll is opened, voted in and counted by stake', async () => {
  const created = await world.json('orchestrator1', 'gov', 'poll', 'create', 'QmHash')
  const { poll } = created.result
  expect((await world.json('orchestrator1', 'gov', 'poll', 'vote', poll, 'yes')).ok).toBe(true)
  expect((await world.json('delegator', 'gov', 'poll', 'vote', poll, 'no')).ok).toBe(true)
  const listed = await world.json('0', 'gov', 'poll', 'list')
  expect(listed.result.polls).toMatchObject([{ poll, proposal: 'QmHash', open: true }])
  const shown = await world.json('0', 'gov', 'poll', 'show', poll)
  expect(shown.result).toMatchObject({ open: true, voters: 2, no: String(500_000n * UNIT) })
  expect(BigInt(shown.result.yes)).toBeGreaterThanOrEqual(1_500_000n * UNIT)
})

test.each([
  [['--set', 'governor.votingPeriod=1.5'], /must be a whole number/],
  [['--set', 'nothing=1'], /There is no parameter "nothing"/],
  [['--transfer', '5'], /is not LPT:ACCOUNT/],
  [['--set', 'rounds.length'], /is not NAME=VALUE/],
  [['--call', '0x12:0x'], /0x12 is not an address/],
  [['--call', `0x${'12'.repeat(20)}:1`], /is not TARGET:CALLDATA/],
  [[], /does nothing/],
])('refuses the action %j', async (action, words) => {
  const { status, error } = await world.json('orchestrator1', 'gov', 'propose', '--title', 'x', ...action)
  expect([status, error.message]).toEqual([2, expect.stringMatching(words)])
})
