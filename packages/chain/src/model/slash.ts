/** @module Slashing: burns part of an account's stake, and pays who found the fault. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { claim } from './claims.ts'
import { currentRound } from './clock.ts'
import { checkpoint } from './facts.ts'
import { millionths } from './fractions.ts'
import { requireNotPaused } from './guards.ts'
import { burnOwnTokens, payTokens } from './minter.ts'
import { minus, revert } from './revert.ts'
import { NO_HINT } from './sorted-pool.ts'
import { decreaseStake, poolOf, resign } from './stake-pool.ts'
import type { State } from './state.ts'

export type SlashRequest = {
  readonly transcoder: Address
  /** The zero address for nobody. */
  readonly finder: Address
  /** Part of the stake to take, in millionths. */
  readonly slashAmount: bigint
  /** Part of that for the finder, in millionths. */
  readonly finderFee: bigint
}

/** Only the verifier, which mainnet has not set. */
export function slashTranscoder(s: State, by: Address, request: SlashRequest): void {
  requireNotPaused(s)
  if (by !== s.cells.system.row.verifier) revert('CallerMustBeVerifier', { caller: by })
  const { transcoder, finder } = request
  const { delegators } = s.tables
  const round = currentRound(s)
  claim(s, transcoder, round)
  const { bondedAmount, delegateAddress } = delegators.get(transcoder)
  const penalty = millionths.shareOf(bondedAmount, millionths.of(request.slashAmount))
  const isPaid = finder !== ZERO_ADDRESS
  const finderReward = isPaid ? millionths.shareOf(penalty, millionths.of(request.finderFee)) : 0n
  if (bondedAmount > 0n) {
    if (poolOf(s).contains(transcoder)) resign(s, transcoder, round)
    delegators.update(transcoder, { bondedAmount: minus(bondedAmount, penalty) })
    decreaseStake(s, delegateAddress, penalty, round, NO_HINT)
    if (finderReward > 0n) payTokens(s, finder, finderReward)
    burnOwnTokens(s, minus(penalty, finderReward))
    checkpoint(s, transcoder, round)
  }
  s.emit({ name: 'TranscoderSlashed', args: { transcoder, finder, penalty, finderReward } })
}
