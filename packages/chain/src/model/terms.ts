/** @module The terms of an orchestrator. */
import type { Address } from '@tessera/protocol/address'
import { isRoundLocked } from './clock.ts'
import { isActive, isRegistered } from './facts.ts'
import { millionths } from './fractions.ts'
import { openRound } from './guards.ts'
import { revert } from './revert.ts'
import type { Hint } from './sorted-pool.ts'
import { poolOf, tryToJoin } from './stake-pool.ts'
import type { State } from './state.ts'

export type Terms = {
  /** Part of the rewards the orchestrator keeps, in millionths. */
  readonly rewardCut: bigint
  /** Part of the fees its delegators get, in millionths. */
  readonly feeShare: bigint
}

/** Not in the locked end of a round; an active orchestrator only after its reward. Joins the pool if there is room. */
export function setTerms(s: State, by: Address, { rewardCut, feeShare }: Terms, hint: Hint): void {
  const round = openRound(s)
  if (isRoundLocked(s)) revert('CurrentRoundIsLocked', { round })
  if (!millionths.isShare(rewardCut)) revert('InvalidRewardCut', { rewardCut })
  if (!millionths.isShare(feeShare)) revert('InvalidFeeShare', { feeShare })
  if (!isRegistered(s, by)) revert('TranscoderMustBeRegistered', { transcoder: by })
  if (isActive(s, by, round) && s.tables.transcoders.get(by).lastRewardRound !== round) {
    revert('RewardBeforeUpdateRequired', { transcoder: by, round })
  }
  s.tables.transcoders.update(by, {
    rewardCut: millionths.of(rewardCut),
    feeShare: millionths.of(feeShare),
  })
  if (!poolOf(s).contains(by)) {
    tryToJoin(s, by, s.tables.delegators.get(by).delegatedAmount, round, hint)
  }
  s.emit({ name: 'TranscoderUpdate', args: { transcoder: by, rewardCut, feeShare } })
}
