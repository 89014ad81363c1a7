/** @module Slashing: burns part of an account's stake, and pays who found the fault. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { claim } from './claims.ts'
import { checkpoint } from './facts.ts'
import { type Millionths, millionths } from './fractions.ts'
import { initializedRound, requireNotPaused } from './guards.ts'
import { burnOwnTokens, payTokens } from './minter.ts'
import { revert } from './revert.ts'
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

/** Only the verifier, which mainnet has not set. The stake of a round must be fixed before any of it is taken. */
export function slashTranscoder(s: State, by: Address, request: SlashRequest): void {
  requireNotPaused(s)
  if (by !== s.cells.system.row.verifier) revert('CallerMustBeVerifier', { caller: by })
  const round = initializedRound(s)
  const { transcoder, finder } = request
  const slashAmount = toShare(request.slashAmount)
  const finderFee = toShare(request.finderFee)
  const { delegators } = s.tables
  claim(s, transcoder, round)
  const { bondedAmount, delegateAddress } = delegators.get(transcoder)
  const penalty = millionths.shareOf(bondedAmount, slashAmount)
  const isPaid = finder !== ZERO_ADDRESS
  const finderReward = isPaid ? millionths.shareOf(penalty, finderFee) : 0n
  if (bondedAmount > 0n) {
    if (poolOf(s).contains(transcoder)) resign(s, transcoder, round)
    delegators.update(transcoder, { bondedAmount: bondedAmount - penalty })
    decreaseStake(s, delegateAddress, penalty, round, NO_HINT)
    if (finderReward > 0n) payTokens(s, finder, finderReward)
    burnOwnTokens(s, penalty - finderReward)
    if (delegateAddress !== transcoder) checkpoint(s, delegateAddress, round)
    checkpoint(s, transcoder, round)
  }
  s.emit({ name: 'TranscoderSlashed', args: { transcoder, finder, penalty, finderReward } })
}

function toShare(share: bigint): Millionths {
  return millionths.isShare(share) ? millionths.of(share) : revert('NotMillionths', { share })
}
