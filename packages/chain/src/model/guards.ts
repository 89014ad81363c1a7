/** @module What is asked before anything changes: who calls, whether the system runs, whether the round is open. */
import type { Address } from '@tessera/protocol/address'
import { currentRound } from './clock.ts'
import { revert } from './revert.ts'
import type { State } from './state.ts'

export function requireNotPaused(s: State): void {
  if (s.cells.system.row.isPaused) revert('SystemIsPaused', {})
}

export function requireOwner(s: State, caller: Address): void {
  const { owner } = s.cells.system.row
  if (caller !== owner) revert('CallerMustBeControllerOwner', { caller, owner })
}

/** The current round, which somebody must have initialized. */
export function openRound(s: State): bigint {
  requireNotPaused(s)
  return initializedRound(s)
}

export function initializedRound(s: State): bigint {
  const round = currentRound(s)
  if (s.cells.rounds.row.lastInitializedRound !== round) revert('CurrentRoundIsNotInitialized', { round })
  return round
}
