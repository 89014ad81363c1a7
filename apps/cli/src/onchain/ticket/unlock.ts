/** @module `tessera ticket unlock`, `cancel-unlock` and `withdraw`: deposit and reserve back into the wallet. */
import { whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { openPurse } from './purse.ts'
import type { StablecoinOptions } from './stablecoin.ts'

type Options = SendingOptions & StablecoinOptions

export function ticketUnlock(options: Options): Promise<void> {
  return withChain('ticket unlock', options, async (session) => {
    const purse = await openPurse(session, options)
    const account = await session.address()
    const [times, period] = await Promise.all([session.times(), purse.unlockPeriod()])
    await session.perform({
      steps: [{ call: purse.unlock(), says: 'unlock deposit and reserve' }],
      warning: 'Orchestrators stop taking tickets of an account that withdraws.',
    })
    const withdrawRound = times.currentRound + period
    return {
      result: { account, ...purse.facts, withdrawRound },
      lines: session.isDryRun ? [] : ['Deposit and reserve are being unlocked.'],
      next: [
        `tessera ticket withdraw${purse.flag} from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`,
        `tessera ticket cancel-unlock${purse.flag} keeps them`,
      ],
    }
  })
}

export function ticketCancelUnlock(options: Options): Promise<void> {
  return withChain('ticket cancel-unlock', options, async (session) => {
    const purse = await openPurse(session, options)
    const account = await session.address()
    if ((await purse.info(account)).withdrawRound === 0n) {
      return {
        result: { account, ...purse.facts },
        lines: ['Deposit and reserve are not being unlocked; nothing was sent.'],
      }
    }
    await session.perform({
      steps: [{ call: purse.cancelUnlock(), says: 'keep deposit and reserve' }],
    })
    return {
      result: { account, ...purse.facts },
      lines: session.isDryRun ? [] : ['Deposit and reserve stay where they are.'],
    }
  })
}

export function ticketWithdraw(options: Options): Promise<void> {
  return withChain('ticket withdraw', options, async (session) => {
    const purse = await openPurse(session, options)
    const account = await session.address()
    const { deposit, reserve } = await purse.info(account)
    const sum = deposit + reserve
    await session.perform({
      steps: [{ call: purse.withdraw(), says: `withdraw ${purse.format(sum)} to ${account}` }],
      warning: 'Tickets that are out cannot be paid any more.',
    })
    return {
      result: { account, ...purse.facts, deposit, reserve },
      lines: session.isDryRun ? [] : [`${purse.format(sum)} was paid to ${account}.`],
    }
  })
}
