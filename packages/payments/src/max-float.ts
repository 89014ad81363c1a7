/** @module How much a recipient may have at stake with one sender. */
import { type Wei, wei } from '@tessera/protocol/units'

/** A deposit so many times the pending tickets covers them: the reserve stays untouched. */
const SAFE_DEPOSIT_RATIO = 3n

/**
 * The recipient's share of the reserve less the face value of winning tickets not yet paid; those do not count while
 * the deposit is at least three times as much.
 */
export function maxFloat(funds: {
  readonly claimable: Wei
  readonly deposit: Wei
  readonly pending: bigint
}): Wei {
  if (funds.deposit >= funds.pending * SAFE_DEPOSIT_RATIO) return funds.claimable
  return wei(funds.claimable > funds.pending ? funds.claimable - funds.pending : 0n)
}
