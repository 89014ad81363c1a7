/**
 * @module The whole observable state in one hash, for each step: a change that should not be is noticed where it happens.
 * `VectorDigest.sol` builds the same from the contracts' views.
 */
import type { Address } from '@tessera/protocol/address'
import { bigintToBytes, concatBytes, type Hex } from '@tessera/runtime/bytes'
import { keccak256 } from 'viem'
import type { Protocol } from '../protocol.ts'
import type { Reads } from '../reads.ts'
import { ACTORS, addressOf } from './names.suite.ts'

type Word = bigint | boolean | Address

/** All who can hold stake, be a delegate or be paid. */
const ACCOUNTS = [...ACTORS, 'B', 'TREASURY', '0'].map(addressOf)
const LOCKS = 8

export function digestOf({ read }: Protocol): Hex {
  const words = [...globals(read), ...ACCOUNTS.flatMap((account) => accountWords(read, account))]
  return keccak256(concatBytes(...words.map((word) => bigintToBytes(BigInt(word), 32))))
}

function globals(read: Reads): readonly Word[] {
  const { rounds, minter, stake, broker, pool } = read
  return [
    read.isPaused,
    read.round,
    read.roundStartBlock,
    rounds.roundLength,
    rounds.roundLockAmount,
    rounds.lastInitializedRound,
    read.isRoundLocked,
    minter.inflation,
    minter.inflationChange,
    minter.targetBondingRate,
    minter.currentMintableTokens,
    minter.currentMintedTokens,
    minter.eth,
    read.balance(addressOf('MINTER')),
    read.totalSupply,
    stake.unbondingPeriod,
    stake.currentRoundTotalActiveStake,
    stake.nextRoundTotalActiveStake,
    stake.currentRoundActiveTranscoders,
    stake.treasuryRewardCutRate,
    stake.nextRoundTreasuryRewardCutRate,
    stake.treasuryBalanceCeiling,
    broker.unlockPeriod,
    broker.ticketValidityPeriod,
    read.poolSize,
    BigInt(pool.length),
    ...pool,
    ...votedRounds(read).map((round) => read.totalActiveStakeAt(round)),
  ]
}

function accountWords(read: Reads, account: Address): readonly Word[] {
  const { round } = read
  const d = read.delegator(account)
  const t = read.transcoder(account)
  const earnings = [round, round + 1n].flatMap((of) => {
    const pool = read.earningsPool(account, of)
    return [
      pool.totalStake,
      pool.rewardCut,
      pool.feeShare,
      pool.cumulativeRewardFactor,
      pool.cumulativeFeeFactor,
    ]
  })
  const locks = Array.from({ length: LOCKS }, (_, id) => {
    const { amount, withdrawRound } = read.unbondingLock(account, BigInt(id))
    return [amount, withdrawRound]
  })
  return [
    d.bondedAmount,
    d.fees,
    d.delegateAddress,
    d.delegatedAmount,
    d.startRound,
    d.lastClaimRound,
    d.nextUnbondingLockId,
    t.lastRewardRound,
    t.rewardCut,
    t.feeShare,
    t.lastActiveStakeUpdateRound,
    t.activationRound,
    t.deactivationRound,
    t.activeCumulativeRewards,
    t.cumulativeRewards,
    t.cumulativeFees,
    t.lastFeeRound,
    ...earnings,
    ...locks.flat(),
    read.pendingStake(account),
    read.pendingFees(account),
    read.isActive(account),
    read.isRegistered(account),
    read.rewardCaller(account),
    read.balance(account),
    ...votesWords(read, account),
    ...senderWords(read, account),
  ]
}

/** The next, this, and an earlier one. */
function votedRounds({ round }: Reads): readonly bigint[] {
  return [round + 1n, round, round - 4n]
}

function votesWords(read: Reads, account: Address): readonly Word[] {
  return votedRounds(read).flatMap((at) => {
    const { votes, delegate } = read.votesAtRoundStart(account, at)
    return [votes, delegate]
  })
}

function senderWords(read: Reads, account: Address): readonly Word[] {
  const { deposit, reserve, withdrawRound } = read.sender(account)
  const B = addressOf('B')
  return [
    deposit,
    withdrawRound,
    reserve,
    read.claimedReserve(account),
    read.claimedReserve(B, account),
    read.claimableReserve(B, account),
  ]
}
