/** @module BondingVotes: the history of stake by round, and the votes that follow from it (LIP-89). */
import type { Address } from '@tessera/protocol/address'
import { currentRound } from './clock.ts'
import { orOne } from './factors.ts'
import { rays } from './fractions.ts'
import { revert } from './revert.ts'
import { earningsKey, type State } from './state.ts'
import { type Checkpoint, zeroCheckpoint } from './votes-rows.ts'
import { fitVotes } from './widths.ts'

/** Votes in LPT wei, and whom they are delegated to. */
export type Votes = { readonly votes: bigint; readonly delegate: Address }

/** Replaces the record of the same round, if any. Events tell what changed against the latest record. */
export function checkpointBondingState(s: State, account: Address, record: Checkpoint): void {
  if (!s.cells.system.row.keepsVotes) return
  requireStorable(account, record)
  const { history } = s.tables.checkpoints.get(account)
  const previous = history.at(-1) ?? zeroCheckpoint
  const kept = previous.startRound === record.startRound ? history.slice(0, -1) : history
  s.tables.checkpoints.update(account, { history: [...kept, record] })
  emitChanges(s, account, previous, record)
}

/** Most rounds between claim and record for which the short form, which leaves out what is delegated, can be used. */
const MAX_SINCE_CLAIM = 0xfffn

function requireStorable(account: Address, record: Checkpoint): void {
  const { startRound, bondedAmount, delegatedAmount, delegateAddress, lastClaimRound } = record
  fitVotes(bondedAmount)
  const isShort = delegateAddress !== account && startRound - 1n - lastClaimRound <= MAX_SINCE_CLAIM
  if (!isShort) fitVotes(delegatedAmount)
}

/** Active stake of a round that starts. */
export function checkpointTotalActiveStake(s: State, stake: bigint, round: bigint): void {
  if (!s.cells.system.row.keepsVotes) return
  const { rounds } = s.tables.totalStakes.get(TOTAL)
  s.tables.totalStakes.update(TOTAL, { rounds: [...rounds, { round, stake }] })
}

const TOTAL = 'total'

function emitChanges(s: State, account: Address, previous: Checkpoint, record: Checkpoint): void {
  if (previous.delegateAddress !== record.delegateAddress) {
    s.emit({
      name: 'DelegateChanged',
      args: {
        delegator: account,
        fromDelegate: previous.delegateAddress,
        toDelegate: record.delegateAddress,
      },
    })
  }
  const [before, after] = [ownVotes(account, previous), ownVotes(account, record)]
  if (before !== after) {
    s.emit({
      name: 'DelegateVotesChanged',
      args: { delegate: account, previousBalance: before, newBalance: after },
    })
  }
  if (previous.bondedAmount !== record.bondedAmount || previous.lastClaimRound !== record.lastClaimRound) {
    s.emit({
      name: 'DelegatorBondedAmountChanged',
      args: {
        delegate: account,
        previousBondedAmount: previous.bondedAmount,
        previousLastClaimRound: previous.lastClaimRound,
        newBondedAmount: record.bondedAmount,
        newLastClaimRound: record.lastClaimRound,
      },
    })
  }
}

function isRegisteredBy(account: Address, record: Checkpoint): boolean {
  return record.delegateAddress === account && record.bondedAmount > 0n
}

/** Of an orchestrator: all stake delegated to it. */
function ownVotes(account: Address, record: Checkpoint): bigint {
  return isRegisteredBy(account, record) ? record.delegatedAmount : 0n
}

/** At the start of `round`, at most the next one. @throws {Revert} FutureLookup, MissingEarningsPool */
export function votesAtRoundStart(s: State, account: Address, round: bigint): Votes {
  requireKnownRound(s, round)
  const record = recordAt(s, account, round)
  const delegate = record.delegateAddress
  if (record.bondedAmount === 0n) return { votes: 0n, delegate }
  if (delegate === account) return { votes: record.delegatedAmount, delegate }
  return { votes: delegatorVotes(s, record, round), delegate }
}

/** Stake with the rewards up to then; none behind a delegate that is no orchestrator. */
function delegatorVotes(s: State, record: Checkpoint, round: bigint): bigint {
  const { delegateAddress: transcoder, bondedAmount, lastClaimRound } = record
  const delegateRecord = recordAt(s, transcoder, round)
  const { lastRewardRound } = delegateRecord
  const factorAt = (at: bigint) => s.tables.earnings.get(earningsKey(transcoder, at)).cumulativeRewardFactor
  const end = factorAt(lastRewardRound)
  if (lastRewardRound > 0n && end === 0n) {
    revert('MissingEarningsPool', { transcoder, round: lastRewardRound })
  }
  if (!isRegisteredBy(transcoder, delegateRecord)) return 0n
  if (lastRewardRound === 0n || lastRewardRound < lastClaimRound) return bondedAmount
  return rays.shareOfRatio(bondedAmount, end, orOne(factorAt(lastClaimRound)))
}

/** All votes at the start of `round`, at most the next one. A skipped round counts as the next recorded one. */
export function totalActiveStakeAt(s: State, round: bigint): bigint {
  requireKnownRound(s, round)
  const { rounds } = s.tables.totalStakes.get(TOTAL)
  const exact = rounds.find((record) => record.round === round)
  if (exact) return exact.stake
  const first = rounds[0]
  if (!first || round < first.round) return 0n
  const later = rounds.find((record) => record.round > round)
  return later ? later.stake : s.cells.stake.row.nextRoundTotalActiveStake
}

/** Newest record that counts in `round`. */
function recordAt(s: State, account: Address, round: bigint): Checkpoint {
  const { history } = s.tables.checkpoints.get(account)
  return history.findLast((record) => record.startRound <= round) ?? zeroCheckpoint
}

function requireKnownRound(s: State, queryRound: bigint): void {
  const maxRound = currentRound(s) + 1n
  if (queryRound > maxRound) revert('FutureLookup', { queryRound, maxRound })
}
