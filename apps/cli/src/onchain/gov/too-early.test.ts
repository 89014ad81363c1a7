import { RevertedError } from '@tessera/chain/errors'
import { revertWithText } from '@tessera/chain/reverts/revert'
import type { RoundTimes } from '@tessera/chain/round-times'
import { blockNumber, round } from '@tessera/protocol/units'
import { expect, test } from 'vitest'
import { exitCodeOf } from '../exit-codes.ts'
import { type Attempt, orNotYet } from './too-early.ts'

const times: RoundTimes = {
  currentRound: round(7n),
  isInitialized: true,
  isLocked: false,
  block: blockNumber(150n),
  startBlock: blockNumber(140n),
  roundLength: 20n,
  secondsPerBlock: 1,
}
const refusal = new RevertedError({ what: 'It', revert: revertWithText('not now') })

const attempt = (step: Attempt['step'], state: Attempt['standing']['state'], eta = 0n): Attempt => ({
  step,
  id: 123_456_789_012_345n,
  standing: { state, snapshot: round(8n), deadline: round(10n), eta },
  times,
  nowSeconds: 1_000,
})

test.each([
  ['vote', 'pending', 'Voting on proposal 1234567890 begins with round 9, in about 30 s.'],
  [
    'queue',
    'pending',
    'Voting on proposal 1234567890 begins with round 9, in about 30 s, and ends with round 10, in about 1 min 10 s.',
  ],
  ['execute', 'active', 'Voting on proposal 1234567890 ends with round 10, in about 1 min 10 s.'],
] as const)(
  '%s of a proposal that is %s is too early, and the error says until when',
  (step, state, says) => {
    const error = orNotYet(refusal, attempt(step, state))
    expect(error).toMatchObject({ message: says })
    expect(exitCodeOf(error)).toBe(8)
  },
)

test('executing waits for the delay of the treasury', () => {
  expect(orNotYet(refusal, attempt('execute', 'queued', 1_090n))).toMatchObject({
    code: 'CLI_NOT_YET',
    message: 'Proposal 1234567890 can be executed in about 1 min 30 s.',
  })
  expect(orNotYet(refusal, attempt('execute', 'queued', 1_000n))).toBe(refusal)
})

test.each([
  ['vote', 'active'],
  ['vote', 'defeated'],
  ['queue', 'defeated'],
  ['execute', 'succeeded'],
] as const)(
  'a refused %s of a proposal that is %s stays what it is: waiting does not help',
  (step, state) => {
    expect(orNotYet(refusal, attempt(step, state))).toBe(refusal)
  },
)

test('what was sent and failed, and what no contract refused, is not too early', () => {
  const sent = new RevertedError({ what: 'It', revert: revertWithText(''), transaction: '0x12' })
  const broken = new Error('no connection')
  expect(orNotYet(sent, attempt('vote', 'pending'))).toBe(sent)
  expect(orNotYet(broken, attempt('vote', 'pending'))).toBe(broken)
})
