/** @module `tessera ticket show`: what an account's tickets are paid from. */
import { formatTable } from '../../table.ts'
import { formatEth } from '../amounts.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'

export function ticketShow(who: string | undefined, options: ReadingOptions): Promise<void> {
  return withChain('ticket show', options, async (session) => {
    const { ticketBroker, bondingManager } = await session.contracts()
    const account = await session.address(who)
    const [times, info, orchestrators] = await Promise.all([
      session.times(),
      ticketBroker.senderInfo(account),
      bondingManager.poolSize(),
    ])
    const { deposit, reserve, withdrawRound, claimedInCurrentRound } = info
    const isUnlocking = withdrawRound > 0n
    const state = !isUnlocking
      ? 'locked'
      : withdrawRound <= times.currentRound
        ? 'unlocked: it can be withdrawn'
        : `unlocked from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`
    const share = orchestrators === 0n ? 0n : (reserve + claimedInCurrentRound) / orchestrators
    return {
      result: {
        account,
        deposit,
        reserve,
        claimedInCurrentRound,
        reserveForEachOrchestrator: share,
        withdrawRound: isUnlocking ? withdrawRound : null,
        withdrawableInSeconds: isUnlocking ? secondsUntilRound(times, withdrawRound) : null,
      },
      lines: [
        formatTable(
          [],
          [
            ['Account', account],
            ['Deposit', formatEth(deposit)],
            [
              'Reserve',
              `${formatEth(reserve)}, ${formatEth(share)} for each of ${orchestrators} orchestrators`,
            ],
            ['State', state],
          ],
        ),
      ],
      next: isUnlocking && withdrawRound <= times.currentRound ? ['tessera ticket withdraw'] : [],
    }
  })
}
