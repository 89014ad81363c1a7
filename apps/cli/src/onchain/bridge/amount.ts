/** @module How much of its LPT an account sends over. */
import type { LivepeerToken } from '@tessera/chain/contracts/token'
import type { Address } from '@tessera/protocol/address'
import type { Lpt } from '@tessera/protocol/units'
import { type AmountOrMax, formatLpt } from '../amounts.ts'
import { TooLittleError, UsageError } from '../problems.ts'

/** @throws {UsageError} for nothing. @throws {TooLittleError} */
export async function amountToSend(
  given: AmountOrMax<Lpt>,
  from: { readonly token: LivepeerToken; readonly account: Address; readonly chain: 'L1' | 'L2' },
): Promise<Lpt> {
  const has = await from.token.balanceOf(from.account)
  const amount = given === 'max' ? has : given
  if (amount > has || has === 0n) {
    throw new TooLittleError(
      `${from.account} has ${formatLpt(has)} on ${from.chain}.`,
      'Send less, or max; or use another account.',
      { has, needs: amount },
    )
  }
  if (amount === 0n) throw new UsageError('The amount must be more than 0.')
  return amount
}
