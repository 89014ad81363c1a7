/** @module The observable state of the model, by the keys of the recorded scenarios. */
import type { Protocol } from '../protocol.ts'
import { ACTORS, type AccountName, addressOf, nameOf, numberText } from './names.suite.ts'

const STATUS = { Pending: '0', Bonded: '1', Unbonded: '2' } as const

/** Locks that a scenario looks at. */
const LOCKS = 8

const TRANSCODER_KEYS = [
  'lastRewardRound',
  'rewardCut',
  'feeShare',
  'lastActiveStakeUpdateRound',
  'activationRound',
  'deactivationRound',
  'activeCumulativeRewards',
  'cumulativeRewards',
  'cumulativeFees',
  'lastFeeRound',
] as const

const DELEGATOR_KEYS = [
  'bondedAmount',
  'fees',
  'delegatedAmount',
  'startRound',
  'lastClaimRound',
  'nextUnbondingLockId',
] as const

type Text = string | number | bigint | boolean

/** All keys with their values as text. */
export function observe(protocol: Protocol): ReadonlyMap<string, string> {
  const entries = [
    ...globals(protocol),
    ...ACTORS.flatMap((name) => account(protocol, name)),
    ...votes(protocol),
    ...sender(protocol),
  ]
  return new Map(
    entries.map(([key, value]) => [key, typeof value === 'bigint' ? numberText(value) : String(value)]),
  )
}

function globals(protocol: Protocol): readonly [string, Text][] {
  const { read } = protocol
  const { stake, minter } = read
  return [
    ['round', read.round],
    ['currentRoundTotalActiveStake', stake.currentRoundTotalActiveStake],
    ['nextRoundTotalActiveStake', stake.nextRoundTotalActiveStake],
    ['treasuryRewardCutRate', stake.treasuryRewardCutRate],
    ['nextRoundTreasuryRewardCutRate', stake.nextRoundTreasuryRewardCutRate],
    ['pool.order', read.pool.map(nameOf).join('>')],
    ['minter.inflation', minter.inflation],
    ['minter.currentMintableTokens', minter.currentMintableTokens],
    ['minter.currentMintedTokens', minter.currentMintedTokens],
    ['minter.lpt', read.balance(addressOf('MINTER'))],
    ['minter.eth', minter.eth],
    ['lpt.totalSupply', read.totalSupply],
    ['votes.totalSupply', read.totalActiveStakeAt(read.round + 1n)],
    ['treasury.lpt', read.balance(addressOf('TREASURY'))],
  ]
}

function account(protocol: Protocol, name: AccountName): readonly [string, Text][] {
  const { read } = protocol
  const at = addressOf(name)
  const delegator = read.delegator(at)
  const transcoder = read.transcoder(at)
  const pool = (round: bigint) => {
    const { totalStake, rewardCut, feeShare, cumulativeRewardFactor, cumulativeFeeFactor } =
      read.earningsPool(at, round)
    return [totalStake, rewardCut, feeShare, cumulativeRewardFactor, cumulativeFeeFactor].join('/')
  }
  const locks = Array.from({ length: LOCKS }, (_, id): [string, Text] => {
    const { amount, withdrawRound } = read.unbondingLock(at, BigInt(id))
    return [`lock${id}`, `${amount}@${withdrawRound}`]
  })
  const values: readonly [string, Text][] = [
    ...DELEGATOR_KEYS.map((key): [string, Text] => [key, delegator[key]]),
    ['delegateAddress', nameOf(delegator.delegateAddress)],
    ...TRANSCODER_KEYS.map((key): [string, Text] => [key, transcoder[key]]),
    ['status', STATUS[read.delegatorStatus(at)]],
    ['pendingStake', read.pendingStake(at)],
    ['pendingFees', read.pendingFees(at)],
    ['votes', read.votesAtRoundStart(at, read.round + 1n).votes],
    ['active', read.isActive(at)],
    ['pool[now]', pool(read.round)],
    ['pool[next]', pool(read.round + 1n)],
    ...locks,
  ]
  return values.map(([key, value]) => [`${name}.${key}`, value])
}

/** At the start of the next, of this and of an earlier round. */
function votes({ read }: Protocol): readonly [string, Text][] {
  const rounds = { next: read.round + 1n, now: read.round, earlier: read.round - 4n }
  return Object.entries(rounds).flatMap(([when, round]) => [
    [`votes.${when}.total`, read.totalActiveStakeAt(round)],
    ...ACTORS.map((name): [string, Text] => {
      const { votes, delegate } = read.votesAtRoundStart(addressOf(name), round)
      return [`votes.${when}.${name}`, `${votes}@${nameOf(delegate)}`]
    }),
  ])
}

function sender(protocol: Protocol): readonly [string, Text][] {
  const { read } = protocol
  const B = addressOf('B')
  const { deposit, reserve, withdrawRound } = read.sender(B)
  return [
    ['B.deposit', deposit],
    ['B.withdrawRound', withdrawRound],
    ['B.reserve', reserve],
    ['B.claimedInCurrentRound', read.claimedReserve(B)],
    ...['T1', 'T2', 'T3'].map((name): [string, Text] => [
      `B.claimable.${name}`,
      read.claimableReserve(B, addressOf(name)),
    ]),
  ]
}
