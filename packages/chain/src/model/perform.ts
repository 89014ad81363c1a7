/** @module Carries out an action on the state, or reverts. */
import type { Action, ActionOf, CallName } from './actions.ts'
import { batchRedeemWinningTickets } from './batch.ts'
import { bond } from './bond.ts'
import { currentRound, setRoundLength, setRoundLockAmount } from './clock.ts'
import { checkpoint } from './facts.ts'
import { requireOwner } from './guards.ts'
import { setInflationChange, setTargetBondingRate } from './minter.ts'
import {
  setNumActiveTranscoders,
  setPaused,
  setTreasuryBalanceCeiling,
  setTreasuryRewardCutRate,
  setUnbondingPeriod,
} from './parameters.ts'
import { redeemWinningTicket } from './redeem.ts'
import { reward, rewardForTranscoder, setRewardCaller } from './reward.ts'
import { initializeRound } from './rounds.ts'
import {
  cancelUnlock,
  fundDeposit,
  fundDepositAndReserveFor,
  fundReserve,
  setTicketValidityPeriod,
  setUnlockPeriod,
  unlock,
  withdraw,
} from './senders.ts'
import { slashTranscoder } from './slash.ts'
import { NO_HINT } from './sorted-pool.ts'
import type { State } from './state.ts'
import { setTerms } from './terms.ts'
import { transferTokens } from './token.ts'
import { rebond, rebondFromUnbonded, transferBond, unbond } from './unbond.ts'
import { claimEarnings, withdrawFees, withdrawStake } from './withdraw.ts'

type Handlers = { readonly [Name in CallName]: (s: State, action: ActionOf<Name>) => void }

/** A setter that only the owner of the Controller may call. */
function owned<A extends Action>(set: (s: State, action: A) => void): (s: State, action: A) => void {
  return (s, action) => {
    requireOwner(s, action.by)
    set(s, action)
  }
}

const HANDLERS: Handlers = {
  pause: (s, { by }) => setPaused(s, by, true),
  unpause: (s, { by }) => setPaused(s, by, false),
  setRoundLength: owned((s, { roundLength }) => setRoundLength(s, roundLength)),
  setRoundLockAmount: owned((s, { roundLockAmount }) => setRoundLockAmount(s, roundLockAmount)),
  setUnbondingPeriod: owned((s, { unbondingPeriod }) => setUnbondingPeriod(s, unbondingPeriod)),
  setNumActiveTranscoders: owned((s, { numActiveTranscoders }) =>
    setNumActiveTranscoders(s, numActiveTranscoders),
  ),
  setTreasuryRewardCutRate: owned((s, { cutRate }) => setTreasuryRewardCutRate(s, cutRate)),
  setTreasuryBalanceCeiling: owned((s, { ceiling }) => setTreasuryBalanceCeiling(s, ceiling)),
  setInflationChange: owned((s, { inflationChange }) => setInflationChange(s, inflationChange)),
  setTargetBondingRate: owned((s, { targetBondingRate }) => setTargetBondingRate(s, targetBondingRate)),
  setUnlockPeriod: owned((s, { unlockPeriod }) => setUnlockPeriod(s, unlockPeriod)),
  setTicketValidityPeriod: owned((s, action) => setTicketValidityPeriod(s, action.ticketValidityPeriod)),
  initializeRound: (s) => initializeRound(s),
  transfer: (s, { by, to, amount }) => transferTokens(s, by, to, amount),
  checkpointBondingState: (s, { account }) => checkpoint(s, account, currentRound(s)),
  bond: (s, { by, amount, to, owner = by, oldHint = NO_HINT, newHint = NO_HINT }) =>
    bond(s, by, { amount, owner, to, oldHint, newHint }),
  unbond: (s, { by, amount, hint = NO_HINT }) => unbond(s, by, amount, hint),
  rebond: (s, { by, lockId, hint = NO_HINT }) => rebond(s, by, lockId, hint),
  rebondFromUnbonded: (s, { by, to, lockId, hint = NO_HINT }) => rebondFromUnbonded(s, by, to, lockId, hint),
  transferBond: (s, { by, to, amount, oldHint = NO_HINT, newHint = NO_HINT }) =>
    transferBond(s, by, { to, amount, oldHint, newHint }),
  withdrawStake: (s, { by, lockId }) => withdrawStake(s, by, lockId),
  withdrawFees: (s, { by, recipient, amount }) => withdrawFees(s, by, recipient, amount),
  claimEarnings: (s, { by }) => claimEarnings(s, by),
  transcoder: (s, { by, rewardCut, feeShare, hint = NO_HINT }) =>
    setTerms(s, by, { rewardCut, feeShare }, hint),
  reward: (s, { by, hint = NO_HINT }) => reward(s, by, hint),
  setRewardCaller: (s, { by, rewardCaller }) => setRewardCaller(s, by, rewardCaller),
  rewardForTranscoder: (s, { by, transcoder, hint = NO_HINT }) =>
    rewardForTranscoder(s, by, transcoder, hint),
  slashTranscoder: (s, { by, transcoder, finder, slashAmount, finderFee }) =>
    slashTranscoder(s, by, { transcoder, finder, slashAmount, finderFee }),
  fundDeposit: (s, { by, value }) => fundDeposit(s, by, value),
  fundReserve: (s, { by, value }) => fundReserve(s, by, value),
  fundDepositAndReserve: (s, { by, deposit, reserve, value = deposit + reserve, account = by }) =>
    fundDepositAndReserveFor(s, by, account, { value, deposit, reserve }),
  unlock: (s, { by }) => unlock(s, by),
  cancelUnlock: (s, { by }) => cancelUnlock(s, by),
  withdraw: (s, { by }) => withdraw(s, by),
  redeemWinningTicket: (s, { winning }) => redeemWinningTicket(s, winning),
  batchRedeemWinningTickets: (s, { winnings }) => batchRedeemWinningTickets(s, winnings),
}

/** @throws {Revert} with the state half changed: the caller rolls it back. */
export function perform(s: State, action: Action): void {
  // The table has, for each name, the handler of that name's actions; the compiler can't see the pair.
  const handler = HANDLERS[action.call] as (s: State, action: Action) => void
  handler(s, action)
}
