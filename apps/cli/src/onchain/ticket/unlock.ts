/** @module `tessera ticket unlock`, `cancel-unlock` and `withdraw`: deposit and reserve back into the wallet. */
import { formatEth } from '../amounts.ts'
import { whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'

export function ticketUnlock(options: SendingOptions): Promise<void> {
  return withChain('ticket unlock', options, async (session) => {
    const { ticketBroker } = await session.contracts()
    const account = await session.address()
    const [times, period] = await Promise.all([session.times(), ticketBroker.unlockPeriod()])
    await session.perform({
      steps: [{ call: ticketBroker.unlock(), says: 'unlock deposit and reserve' }],
      warning: 'Orchestrators stop taking tickets of an account that withdraws.',
    })
    const withdrawRound = times.currentRound + period
    return {
      result: { account, withdrawRound },
      lines: session.isDryRun ? [] : ['Deposit and reserve are being unlocked.'],
      next: [
        `tessera ticket withdraw from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`,
        'tessera ticket cancel-unlock keeps them',
      ],
    }
  })
}

export function ticketCancelUnlock(options: SendingOptions): Promise<void> {
  return withChain('ticket cancel-unlock', options, async (session) => {
    const { ticketBroker } = await session.contracts()
    const account = await session.address()
    await session.perform({
      steps: [{ call: ticketBroker.cancelUnlock(), says: 'keep deposit and reserve' }],
    })
    return {
      result: { account },
      lines: session.isDryRun ? [] : ['Deposit and reserve stay where they are.'],
    }
  })
}

export function ticketWithdraw(options: SendingOptions): Promise<void> {
  return withChain('ticket withdraw', options, async (session) => {
    const { ticketBroker } = await session.contracts()
    const account = await session.address()
    const { deposit, reserve } = await ticketBroker.senderInfo(account)
    const sum = deposit + reserve
    await session.perform({
      steps: [{ call: ticketBroker.withdraw(), says: `withdraw ${formatEth(sum)} to ${account}` }],
      warning: 'Tickets that are out cannot be paid any more.',
    })
    return {
      result: { account, deposit, reserve },
      lines: session.isDryRun ? [] : [`${formatEth(sum)} was paid to ${account}.`],
    }
  })
}
