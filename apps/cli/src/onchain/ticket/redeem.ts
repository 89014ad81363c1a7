/** @module `tessera ticket redeem`: turns winning tickets into fees of their recipient. */
import { formatEth } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { watchEth } from '../watched.ts'
import { readWinningTickets } from './winning-ticket-file.ts'

export function ticketRedeem(file: string, options: SendingOptions): Promise<void> {
  return withChain('ticket redeem', options, async (session) => {
    const winning = readWinningTickets(file)
    const { ticketBroker } = await session.contracts()
    const staking = await session.staking()
    const recipients = [...new Set(winning.map(({ ticket }) => ticket.recipient))]
    const hashes = await Promise.all(winning.map(({ ticket }) => ticketBroker.ticketHash(ticket)))
    await session.perform({
      steps: winning.map((one, k) => ({
        call: ticketBroker.redeemWinningTicket(one),
        says: `redeem ticket ${hashes[k]} over ${formatEth(one.ticket.faceValue)}`,
      })),
      watch: recipients.map((recipient) => watchEth(`fees of ${recipient}`, staking.feesQuery(recipient))),
    })
    return {
      result: {
        tickets: winning.map(({ ticket: { sender, recipient, faceValue } }, k) => ({
          hash: hashes[k] ?? '',
          sender,
          recipient,
          faceValue,
        })),
      },
      lines: session.isDryRun
        ? []
        : [`${winning.length === 1 ? 'The ticket is' : 'The tickets are'} redeemed.`],
      next: ['tessera stake fees pays the fees out to the orchestrator'],
    }
  })
}
