/** @module The clock: rounds are counted in blocks. */
import { millionths } from './fractions.ts'
import { panic, revert } from './revert.ts'
import type { RoundsRow } from './rows.ts'
import type { State } from './state.ts'
import { BLOCK_BITS, fit, fitRound, ROUND_LENGTH_BITS } from './widths.ts'

function elapsedRounds({ block, lastLengthUpdateStartBlock, roundLength }: RoundsRow): bigint {
  return roundLength === 0n ? panic(0x12) : (block - lastLengthUpdateStartBlock) / roundLength
}

export function currentRound(s: State): bigint {
  const clock = s.cells.rounds.row
  return clock.lastLengthUpdateRound + elapsedRounds(clock)
}

export function currentRoundStartBlock(s: State): bigint {
  const clock = s.cells.rounds.row
  return clock.lastLengthUpdateStartBlock + elapsedRounds(clock) * clock.roundLength
}

/** In the last part of a round orchestrators can't change their terms. */
export function isRoundLocked(s: State): boolean {
  const { block, roundLength, roundLockAmount } = s.cells.rounds.row
  const open = roundLength - millionths.shareOf(roundLength, roundLockAmount)
  return block - currentRoundStartBlock(s) >= open
}

/** The first call stores the length before it counts, so that the first round is `block ÷ length`. */
export function setRoundLength(s: State, roundLength: bigint): void {
  if (roundLength === 0n) revert('RoundLengthIsZero', {})
  const { rounds } = s.cells
  if (rounds.row.roundLength === 0n) rounds.update({ roundLength: fit(ROUND_LENGTH_BITS, roundLength) })
  rounds.update({
    lastLengthUpdateRound: fitRound(currentRound(s)),
    lastLengthUpdateStartBlock: fit(BLOCK_BITS, currentRoundStartBlock(s)),
    roundLength: fit(ROUND_LENGTH_BITS, roundLength),
  })
  s.emit({ name: 'ParameterUpdate', args: { param: 'roundLength' } })
}

export function setRoundLockAmount(s: State, roundLockAmount: bigint): void {
  if (!millionths.isShare(roundLockAmount)) revert('InvalidRoundLockAmount', { roundLockAmount })
  s.cells.rounds.update({ roundLockAmount: millionths.of(roundLockAmount) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'roundLockAmount' } })
}
