/** @module `tessera ticket redeem`: turns winning tickets into fees of their recipient. */
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { openPurse } from './purse.ts'
import type { StablecoinOptions } from './stablecoin.ts'
import { readWinningTickets } from './winning-ticket-file.ts'

export function ticketRedeem(file: string, options: SendingOptions & StablecoinOptions): Promise<void> {
  return withChain('ticket redeem', options, async (session) => {
    const winning = readWinningTickets(file)
    const purse = await openPurse(session, options)
    const recipients = [...new Set(winning.map(({ ticket }) => ticket.recipient))]
    const hashes = await Promise.all(winning.map(({ ticket }) => purse.ticketHash(ticket)))
    await session.perform({
      steps: winning.map((one, k) => ({
        call: purse.redeem(one),
        says: `redeem ticket ${hashes[k]} over ${purse.format(one.ticket.faceValue)}`,
      })),
      watch: (await Promise.all(recipients.map(purse.watchFees))).flat(),
    })
    return {
      result: {
        ...purse.facts,
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
      next: [
        purse.flag === ''
          ? 'tessera stake fees pays the fees out to the orchestrator'
          : `tessera stake fees${purse.flag} claims the shares from the next round on`,
      ],
    }
  })
}
