/** @module What the accounts of a random scenario do. */
import type { Protocol } from '../protocol.ts'
import type { Dice } from './dice.suite.ts'
import { ACTORS, type AccountName, addressOf, nameOf } from './names.suite.ts'
import type { Step } from './steps.suite.ts'

/** A call, before anybody knows what comes of it. */
export type Draft = Pick<Step, 'by' | 'op' | 'args' | 'round'>

const LPT = 10n ** 18n
const EVERYBODY: readonly AccountName[] = [...ACTORS, 'B', '0', 'TREASURY']

const call = (by: AccountName, op: string, ...args: (string | bigint)[]): Draft => ({
  by,
  op,
  args: args.map(String),
  round: '',
})

/** Orchestrators and delegators in the first round, and funds of the sender of tickets. */
export function opening(dice: Dice): readonly Draft[] {
  const amount = () => 1n + dice.below(3_000n * LPT)
  const orchestrators = ['T1', 'T2', 'T3'].flatMap((name) => [
    call(name, 'bond', amount(), name),
    call(name, 'transcoder', dice.below(1_000_001n), dice.below(1_000_001n)),
  ])
  return [
    { ...call('X', 'initializeRound'), round: '1000' },
    ...orchestrators,
    ...['D1', 'D2', 'D3'].map((name) => call(name, 'bond', amount(), dice.oneOf(['T1', 'T2', 'T3']))),
    call('B', 'fundDepositAndReserve', dice.below(10n * LPT), dice.below(30n * LPT)),
    ...(dice.chance(0.6) ? [call('deployer', 'setTreasuryRewardCutRate', dice.below(10n ** 27n))] : []),
    { ...call('X', 'initializeRound'), round: '1001' },
  ]
}

type Draw = (dice: Dice, protocol: Protocol) => Draft

const WEIGHTS = {
  reward: 14,
  round: 9,
  redeem: 12,
  bond: 13,
  bondFor: 5,
  unbond: 10,
  rebond: 7,
  rebondFromUnbonded: 4,
  transferBond: 7,
  withdrawStake: 3,
  withdrawFees: 4,
  claim: 4,
  terms: 4,
  rewardCaller: 3,
  slash: 4,
  funds: 5,
  owner: 2,
  wait: 3,
}

const DRAWS: Readonly<Record<keyof typeof WEIGHTS, Draw>> = {
  reward: (dice, protocol) => {
    const due = ACTORS.filter(
      (name) =>
        protocol.read.isActive(addressOf(name)) &&
        protocol.read.transcoder(addressOf(name)).lastRewardRound !== protocol.read.round,
    )
    const who = someone(dice, due)
    return dice.chance(0.5) ? call(who, 'reward') : call(who, 'rewardWithHint', ...hint(dice, protocol))
  },
  round: (dice, protocol) => {
    const skipped = dice.chance(0.15) ? 1n + dice.below(3n) : 0n
    return { ...call('X', 'initializeRound'), round: String(protocol.read.round + 1n + skipped) }
  },
  redeem: (dice, protocol) => {
    const recipient = dice.chance(0.85) ? dice.oneOf(['T1', 'T2', 'T3']) : actor(dice)
    const { deposit } = protocol.read.sender(addressOf('B'))
    const claimable = protocol.read.claimableReserve(addressOf('B'), addressOf(recipient))
    const most = deposit + claimable
    const faceValue = dice.oneOf([dice.below(LPT), dice.below(most + 1n), most, most + 1n, 1n, 0n])
    return call('X', 'redeemWinningTicket', recipient, faceValue)
  },
  bond: (dice, protocol) => {
    const who = actor(dice)
    const args = [stake(dice), delegateFor(dice, protocol, who)]
    return dice.chance(0.6)
      ? call(who, 'bond', ...args)
      : call(who, 'bondWithHint', ...args, ...hint(dice, protocol), ...hint(dice, protocol))
  },
  bondFor: (dice, protocol) => {
    const owner = dice.oneOf(EVERYBODY)
    const { delegateAddress } = protocol.read.delegator(addressOf(owner))
    const to = dice.chance(0.6) ? nameOf(delegateAddress) : dice.oneOf(EVERYBODY)
    const hints = [...hint(dice, protocol), ...hint(dice, protocol)]
    return call(actor(dice), 'bondForWithHint', stake(dice), owner, to, ...hints)
  },
  unbond: (dice, protocol) => {
    const who = someone(dice, bonded(protocol))
    const amount = partOf(dice, protocol.read.pendingStake(addressOf(who)))
    return dice.chance(0.6)
      ? call(who, 'unbond', amount)
      : call(who, 'unbondWithHint', amount, ...hint(dice, protocol))
  },
  rebond: (dice, protocol) => {
    const [who, id] = lock(dice, protocol, false)
    return dice.chance(0.6)
      ? call(who, 'rebond', id)
      : call(who, 'rebondWithHint', id, ...hint(dice, protocol))
  },
  rebondFromUnbonded: (dice, protocol) => {
    const [who, id] = lock(dice, protocol, true)
    const args = [delegateFor(dice, protocol, who), id]
    return dice.chance(0.6)
      ? call(who, 'rebondFromUnbonded', ...args)
      : call(who, 'rebondFromUnbondedWithHint', ...args, ...hint(dice, protocol))
  },
  transferBond: (dice, protocol) => {
    const who = someone(dice, bonded(protocol))
    const amount = partOf(dice, protocol.read.pendingStake(addressOf(who)))
    const to = dice.chance(0.85) ? actor(dice) : dice.oneOf(EVERYBODY)
    return call(who, 'transferBond', to, amount, ...hint(dice, protocol), ...hint(dice, protocol))
  },
  withdrawStake: (dice, protocol) => {
    const [who, id] = lock(dice, protocol, dice.chance(0.5))
    return call(who, 'withdrawStake', id)
  },
  withdrawFees: (dice, protocol) => {
    const who = actor(dice)
    const amount = partOf(dice, protocol.read.pendingFees(addressOf(who)))
    return call(who, 'withdrawFees', dice.chance(0.9) ? who : dice.oneOf(EVERYBODY), amount)
  },
  claim: (dice) =>
    dice.chance(0.7)
      ? call(actor(dice), 'claimEarnings', 0n)
      : call('X', 'checkpointBondingState', dice.oneOf(EVERYBODY)),
  terms: (dice, protocol) => {
    const args = [dice.below(1_010_000n), dice.below(1_010_000n)]
    return dice.chance(0.5)
      ? call(actor(dice), 'transcoder', ...args)
      : call(actor(dice), 'transcoderWithHint', ...args, ...hint(dice, protocol))
  },
  rewardCaller: (dice, protocol) => {
    const transcoder = dice.oneOf(['T1', 'T2', 'T3'])
    if (dice.chance(0.4)) return call(transcoder, 'setRewardCaller', dice.oneOf(['X', 'D1', '0']))
    return dice.chance(0.5)
      ? call(dice.oneOf(['X', 'D1', transcoder]), 'rewardForTranscoder', transcoder)
      : call('X', 'rewardForTranscoderWithHint', transcoder, ...hint(dice, protocol))
  },
  slash: (dice) => {
    const share = dice.oneOf([dice.below(1_000_001n), 1_000_000n, 1n, 0n, 1_000_001n])
    const fee = dice.oneOf([dice.below(1_000_001n), 1_000_000n, 0n, 1_000_001n])
    const by = dice.chance(0.9) ? 'X' : 'D2'
    return call(by, 'slashTranscoder', actor(dice), dice.oneOf(['X', 'D5', '0']), share, fee)
  },
  funds: (dice) => {
    const [deposit, reserve] = [dice.below(5n * LPT), dice.below(5n * LPT)]
    return dice.oneOf([
      call('B', 'fundDepositAndReserve', deposit, reserve),
      call('X', 'fundDepositAndReserveFor', 'B', deposit, dice.oneOf([0n, reserve])),
      call('B', 'unlock'),
      call('B', 'cancelUnlock'),
      call('B', 'withdraw'),
      call('X', 'unlock'),
    ])
  },
  owner: (dice, protocol) => {
    const by = dice.chance(0.85) ? 'deployer' : 'X'
    return dice.oneOf([
      call(by, 'setTreasuryRewardCutRate', dice.below(11n * 10n ** 26n)),
      call(by, 'setTreasuryBalanceCeiling', dice.oneOf([0n, 1n, dice.below(2_000n * LPT)])),
      call(by, 'setNumActiveTranscoders', dice.below(6n)),
      call(by, dice.chance(protocol.read.isPaused ? 0.1 : 0.3) ? 'pause' : 'unpause'),
    ])
  },
  wait: (dice) => call('X', 'wait', dice.chance(0.7) ? dice.below(49n) : 50n + dice.below(60n)),
}

export function drawStep(dice: Dice, protocol: Protocol): Draft {
  const { isPaused, round, rounds } = protocol.read
  // Most calls fail in these states, so they should not last.
  if (isPaused && dice.chance(0.4)) return call('deployer', 'unpause')
  if (rounds.lastInitializedRound !== round && dice.chance(0.5)) return call('X', 'initializeRound')
  return DRAWS[dice.weighted(WEIGHTS)](dice, protocol)
}

function actor(dice: Dice): AccountName {
  return dice.oneOf(ACTORS)
}

/** Mostly one for whom the call makes sense. */
function someone(dice: Dice, sensible: readonly AccountName[]): AccountName {
  return dice.chance(0.85) && sensible.length > 0 ? dice.oneOf(sensible) : actor(dice)
}

function bonded({ read }: Protocol): readonly AccountName[] {
  return ACTORS.filter((name) => read.delegatorStatus(addressOf(name)) === 'Bonded')
}

/** A lock of an account with or without stake; mostly one that exists. */
function lock(dice: Dice, { read }: Protocol, unbonded: boolean): readonly [AccountName, bigint] {
  const all = ACTORS.flatMap((name) => {
    const { bondedAmount, nextUnbondingLockId } = read.delegator(addressOf(name))
    if ((bondedAmount === 0n) !== unbonded) return []
    return Array.from({ length: Number(nextUnbondingLockId) }, (_, id) => [name, BigInt(id)] as const)
  })
  const valid = all.filter(([name, id]) => read.unbondingLock(addressOf(name), id).withdrawRound > 0n)
  if (dice.chance(0.85) && valid.length > 0) return dice.oneOf(valid)
  return [actor(dice), dice.below(4n)]
}

/** Mostly sensible; sometimes dust, nothing, or more than anybody has. */
function stake(dice: Dice): bigint {
  return dice.oneOf([
    dice.below(1_000n * LPT),
    dice.below(5_000n * LPT),
    1n,
    0n,
    dice.below(10n),
    30_000n * LPT,
  ])
}

/** Of an amount: all, one too many, dust, or any part. */
function partOf(dice: Dice, amount: bigint): bigint {
  return dice.oneOf([
    dice.below(amount + 1n),
    dice.below(amount + 1n),
    amount,
    amount + 1n,
    1n,
    amount > 1n ? amount - 1n : 0n,
  ])
}

function delegateFor(dice: Dice, protocol: Protocol, who: AccountName): AccountName {
  const present = nameOf(protocol.read.delegator(addressOf(who)).delegateAddress)
  return dice.oneOf([dice.oneOf(['T1', 'T2', 'T3']), present, who, dice.oneOf(EVERYBODY)])
}

/** None, neighbours in the pool, or nonsense: reversed, apart, absent, one-sided. */
function hint(dice: Dice, protocol: Protocol): readonly [AccountName, AccountName] {
  const pool = protocol.read.pool.map(nameOf)
  const index = Number(dice.below(BigInt(pool.length + 1)))
  const exact: readonly [AccountName, AccountName] = [pool[index - 1] ?? '0', pool[index] ?? '0']
  const any = () => dice.oneOf([...pool, ...EVERYBODY])
  return dice.oneOf([['0', '0'], exact, [exact[1], exact[0]], [any(), any()], [any(), '0'], ['0', any()]])
}
