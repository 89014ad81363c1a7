/** @module `tessera ticket show`: what an account's tickets are paid from. */
import { formatTable } from '../../table.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { openPurse } from './purse.ts'
import type { StablecoinOptions } from './stablecoin.ts'

export function ticketShow(
  who: string | undefined,
  options: ReadingOptions & StablecoinOptions,
): Promise<void> {
  return withChain('ticket show', options, async (session) => {
    const purse = await openPurse(session, options)
    const { bondingManager } = await session.contracts()
    const account = await session.subject(who)
    const [times, info, orchestrators] = await Promise.all([
      session.times(),
      purse.info(account),
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
    const reserveText = `${purse.format(reserve)}, ${purse.format(share)} for each of ${orchestrators} orchestrators`
    return {
      result: {
        account,
        ...purse.facts,
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
            ['Deposit', purse.format(deposit)],
            ['Reserve', reserveText],
            ['State', state],
          ],
        ),
      ],
      next:
        isUnlocking && withdrawRound <= times.currentRound ? [`tessera ticket withdraw${purse.flag}`] : [],
    }
  })
}
