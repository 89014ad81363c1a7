/** @module `tessera ticket mint`: test dollars, on networks whose stablecoin is a test token. */
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'
import { openStablecoin } from './stablecoin.ts'

export function ticketMint(given: string, who: string | undefined, options: SendingOptions): Promise<void> {
  return withChain('ticket mint', options, async (session) => {
    const { token, facts, format, parse } = await openStablecoin(session, {})
    const amount = parse(given, 'The amount')
    if (!token.isTest) {
      throw new UsageError('The stablecoin of this network is no test token: nobody makes it here.')
    }
    if (amount === 0n) throw new UsageError('Give an amount above 0.')
    const to = await session.address(who)
    await session.perform({ steps: [token.mintTest(to, amount)], watch: [token.watch('wallet', to)] })
    return {
      result: { account: to, amount, ...facts },
      lines: session.isDryRun ? [] : [`${to} got ${format(amount)}.`],
      next: ['tessera ticket fund --stablecoin --deposit AMOUNT'],
    }
  })
}
