/** @module Opening a round: whoever comes first fixes its stake and budget. */
import { currentRound } from './clock.ts'
import { requireNotPaused } from './guards.ts'
import { startBudget } from './minter.ts'
import { revert } from './revert.ts'
import type { State } from './state.ts'
import { checkpointTotalActiveStake } from './votes.ts'

/** Stake before budget: inflation steers by the stake of the new round. Rounds may be skipped. */
export function initializeRound(s: State): void {
  requireNotPaused(s)
  const { rounds } = s.cells
  const round = currentRound(s)
  if (rounds.row.lastInitializedRound >= round) revert('RoundAlreadyInitialized', { round })
  const blockHash = rounds.row.parentHash
  rounds.update({ lastInitializedRound: round })
  s.tables.blockHashes.update(String(round), { hash: blockHash })
  startStakeOfRound(s, round)
  startBudget(s)
  s.emit({ name: 'NewRound', args: { round, blockHash } })
}

function startStakeOfRound(s: State, round: bigint): void {
  const { stake, pool } = s.cells
  const { nextRoundTotalActiveStake, nextRoundTreasuryRewardCutRate, treasuryRewardCutRate } = stake.row
  stake.update({
    currentRoundTotalActiveStake: nextRoundTotalActiveStake,
    currentRoundActiveTranscoders: BigInt(pool.row.sorted.members.length),
    treasuryRewardCutRate: nextRoundTreasuryRewardCutRate,
  })
  if (nextRoundTreasuryRewardCutRate !== treasuryRewardCutRate) {
    s.emit({ name: 'ParameterUpdate', args: { param: 'treasuryRewardCutRate' } })
  }
  checkpointTotalActiveStake(s, nextRoundTotalActiveStake, round)
}
