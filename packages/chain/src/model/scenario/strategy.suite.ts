/** @module What the accounts of a random scenario do. */
import type { Protocol } from '../protocol.ts'
import type { Dice } from './dice.suite.ts'
import { drawFunds, drawStake, partOf } from './draw-amounts.suite.ts'
import { drawClock, drawParameter } from './draw-parameters.suite.ts'
import { drawBatch, drawRedeem } from './draw-tickets.suite.ts'
import { ACTORS, type AccountName, addressOf, nameOf } from './names.suite.ts'
import { call, type Draft, EVERYBODY, type World } from './scenario-world.suite.ts'

const LPT = 10n ** 18n

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

type Draw = (dice: Dice, world: World) => Draft

const WEIGHTS = {
  reward: 14,
  round: 9,
  redeem: 12,
  batch: 7,
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
  parameter: 4,
  clock: 1.5,
  wait: 3,
}

const DRAWS: Readonly<Record<keyof typeof WEIGHTS, Draw>> = {
  reward: (dice, { protocol }) => {
    const who = someone(dice, due(protocol))
    return dice.chance(0.5) ? call(who, 'reward') : call(who, 'rewardWithHint', ...hint(dice, protocol))
  },
  round: (dice, { protocol }) => {
    const skipped = dice.chance(0.15) ? 1n + dice.below(3n) : 0n
    return { ...call('X', 'initializeRound'), round: String(protocol.read.round + 1n + skipped) }
  },
  redeem: drawRedeem,
  batch: drawBatch,
  bond: (dice, world) => {
    const { protocol } = world
    const who = actor(dice)
    const args = [drawStake(dice, world, who, who), delegateFor(dice, protocol, who)]
    return dice.chance(0.6)
      ? call(who, 'bond', ...args)
      : call(who, 'bondWithHint', ...args, ...hint(dice, protocol), ...hint(dice, protocol))
  },
  bondFor: (dice, world) => {
    const { protocol } = world
    const payer = actor(dice)
    const owner = dice.oneOf(EVERYBODY)
    const { delegateAddress } = protocol.read.delegator(addressOf(owner))
    const to = dice.chance(0.6) ? nameOf(delegateAddress) : dice.oneOf(EVERYBODY)
    const hints = [...hint(dice, protocol), ...hint(dice, protocol)]
    return call(payer, 'bondForWithHint', drawStake(dice, world, payer, owner), owner, to, ...hints)
  },
  unbond: (dice, { protocol }) => {
    const who = someone(dice, bonded(protocol))
    const amount = partOf(dice, protocol.read.pendingStake(addressOf(who)))
    return dice.chance(0.6)
      ? call(who, 'unbond', amount)
      : call(who, 'unbondWithHint', amount, ...hint(dice, protocol))
  },
  rebond: (dice, { protocol }) => {
    const [who, id] = lock(dice, protocol, false)
    return dice.chance(0.6)
      ? call(who, 'rebond', id)
      : call(who, 'rebondWithHint', id, ...hint(dice, protocol))
  },
  rebondFromUnbonded: (dice, { protocol }) => {
    const [who, id] = lock(dice, protocol, true)
    const args = [delegateFor(dice, protocol, who), id]
    return dice.chance(0.6)
      ? call(who, 'rebondFromUnbonded', ...args)
      : call(who, 'rebondFromUnbondedWithHint', ...args, ...hint(dice, protocol))
  },
  transferBond: (dice, { protocol }) => {
    const who = someone(dice, bonded(protocol))
    const amount = partOf(dice, protocol.read.pendingStake(addressOf(who)))
    const to = dice.chance(0.85) ? actor(dice) : dice.oneOf(EVERYBODY)
    return call(who, 'transferBond', to, amount, ...hint(dice, protocol), ...hint(dice, protocol))
  },
  withdrawStake: (dice, { protocol }) => {
    const [who, id] = lock(dice, protocol, dice.chance(0.5))
    return call(who, 'withdrawStake', id)
  },
  withdrawFees: (dice, { protocol }) => {
    const who = actor(dice)
    const amount = partOf(dice, protocol.read.pendingFees(addressOf(who)))
    return call(who, 'withdrawFees', dice.chance(0.9) ? who : dice.oneOf(EVERYBODY), amount)
  },
  claim: (dice) =>
    dice.chance(0.7)
      ? call(actor(dice), 'claimEarnings', 0n)
      : call('X', 'checkpointBondingState', dice.oneOf(EVERYBODY)),
  terms: (dice, { protocol }) => {
    const args = [dice.below(1_010_000n), dice.below(1_010_000n)]
    const registered = ACTORS.filter((name) => protocol.read.isRegistered(addressOf(name)))
    const who = someone(dice, registered)
    return dice.chance(0.5)
      ? call(who, 'transcoder', ...args)
      : call(who, 'transcoderWithHint', ...args, ...hint(dice, protocol))
  },
  rewardCaller: (dice, { protocol }) => {
    const { read } = protocol
    const served = due(protocol).filter((name) => nameOf(read.rewardCaller(addressOf(name))) !== '0')
    const transcoder = someone(dice, served.length > 0 && dice.chance(0.8) ? served : due(protocol))
    if (dice.chance(0.4)) return call(transcoder, 'setRewardCaller', dice.oneOf(['X', 'D1', 'D1', '0']))
    const named = nameOf(read.rewardCaller(addressOf(transcoder)))
    const by = dice.chance(0.7) && named !== '0' ? named : dice.oneOf(['X', 'D1', transcoder])
    return dice.chance(0.5)
      ? call(by, 'rewardForTranscoder', transcoder)
      : call(by, 'rewardForTranscoderWithHint', transcoder, ...hint(dice, protocol))
  },
  slash: (dice) => {
    const share = dice.oneOf([dice.below(1_000_001n), 1_000_000n, 1n, 0n, 1_000_001n])
    const fee = dice.oneOf([dice.below(1_000_001n), 1_000_000n, 0n, 1_000_001n])
    const by = dice.chance(0.9) ? 'X' : 'D2'
    return call(by, 'slashTranscoder', actor(dice), dice.oneOf(['X', 'D5', '0']), share, fee)
  },
  funds: (dice, { protocol }) => {
    const held = protocol.read.sender(addressOf('B'))
    const [deposit, reserve] = [drawFunds(dice, held.deposit), drawFunds(dice, held.reserve)]
    return dice.oneOf([
      call('B', 'fundDepositAndReserve', deposit, reserve),
      call('X', 'fundDepositAndReserveFor', 'B', deposit, dice.oneOf([0n, reserve])),
      call('B', 'fundDeposit', deposit),
      call('B', 'fundReserve', reserve),
      call('B', 'unlock'),
      call('B', 'cancelUnlock'),
      call('B', 'withdraw'),
      call('X', 'unlock'),
    ])
  },
  parameter: drawParameter,
  clock: drawClock,
  wait: (dice) => call('X', 'wait', dice.chance(0.7) ? dice.below(49n) : 50n + dice.below(60n)),
}

export function drawStep(dice: Dice, world: World): Draft {
  const { isPaused, round, rounds } = world.protocol.read
  // Most calls fail in these states, so they should not last.
  if (isPaused && dice.chance(0.4)) return call('deployer', 'unpause')
  if (rounds.lastInitializedRound !== round && dice.chance(0.5)) return call('X', 'initializeRound')
  const { withdrawRound } = world.protocol.read.sender(addressOf('B'))
  if (withdrawRound > 0n && withdrawRound <= round && dice.chance(0.2)) {
    const amount = dice.below(5n * LPT)
    return dice.oneOf([
      call('B', 'withdraw'),
      call('B', 'fundDeposit', amount),
      call('B', 'fundReserve', amount),
    ])
  }
  return DRAWS[dice.weighted(WEIGHTS)](dice, world)
}

function actor(dice: Dice): AccountName {
  return dice.oneOf(ACTORS)
}

/** Mostly one for whom the call makes sense. */
function someone(dice: Dice, sensible: readonly AccountName[]): AccountName {
  return dice.chance(0.85) && sensible.length > 0 ? dice.oneOf(sensible) : actor(dice)
}

/** Active, and not rewarded in this round. */
function due({ read }: Protocol): readonly AccountName[] {
  return ACTORS.filter(
    (name) =>
      read.isActive(addressOf(name)) && read.transcoder(addressOf(name)).lastRewardRound !== read.round,
  )
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
