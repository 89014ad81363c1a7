/** @module `tessera stake fees`: earned ETH into a wallet. */
import type { Wei } from '@tessera/protocol/units'
import { type AmountOrMax, formatEth } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import type { StablecoinOptions } from '../ticket/stablecoin.ts'
import { watchEth } from '../watched.ts'
import { stablecoinFees } from './stablecoin-fees.ts'

export function stakeFees(
  amount: AmountOrMax<Wei>,
  options: SendingOptions & StablecoinOptions & { readonly recipient?: string },
): Promise<void> {
  if (options.stablecoin === true || options.broker !== undefined) return stablecoinFees(amount, options)
  return withChain('stake fees', options, async (session) => {
    const account = await session.address()
    const staking = await session.staking()
    const fees = await staking.pendingFees(account)
    const sum = amount === 'max' ? fees : amount
    const recipient = options.recipient === undefined ? account : await session.address(options.recipient)
    if (fees === 0n) {
      return {
        result: { account, amount: 0n, recipient },
        lines: ['No fees have been earned; nothing was sent.'],
      }
    }
    await session.perform({
      steps: [
        {
          call: staking.withdrawFees(recipient, sum),
          says: `withdraw ${formatEth(sum)} of fees to ${recipient}`,
        },
      ],
      watch: [watchEth('fees', staking.feesQuery(account))],
    })
    return {
      result: { account, amount: sum, recipient },
      lines: session.isDryRun ? [] : [`${formatEth(sum)} was paid to ${recipient}.`],
    }
  })
}
