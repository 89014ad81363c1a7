/** @module The arguments of `tessera ticket`. */
import type { Command } from 'commander'
import { parseEth } from '../onchain/amounts.ts'
import { onChainGroup, readingOptions, sendingOptions } from '../onchain/options.ts'

export function addTicketCommands(program: Command): void {
  const ticket = onChainGroup(
    program.command('ticket'),
    'deposit and reserve that tickets are paid from; winning tickets',
  )
  readingOptions(ticket.command('show'))
    .description('show deposit, reserve and whether they are locked')
    .argument('[account]', 'an address or a development account; default: who signs')
    .action(async (who, options) => (await import('../onchain/ticket/show.ts')).ticketShow(who, options))
  sendingOptions(ticket.command('fund'))
    .description('pay ETH into deposit and reserve; cancels an unlock')
    .option('--deposit <eth>', 'pays tickets first', parseEth)
    .option(
      '--reserve <eth>',
      'pays when the deposit is empty, in equal shares for all orchestrators',
      parseEth,
    )
    .action(async (options) => (await import('../onchain/ticket/fund.ts')).ticketFund(options))
  sendingOptions(ticket.command('unlock'))
    .description('begin to take deposit and reserve out')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketUnlock(options))
  sendingOptions(ticket.command('cancel-unlock'))
    .description('keep them after all')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketCancelUnlock(options))
  sendingOptions(ticket.command('withdraw'))
    .description('take them out once they are unlocked')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketWithdraw(options))
  sendingOptions(ticket.command('redeem'))
    .description('redeem winning tickets; docs/cli.md describes the file')
    .argument('<file>', 'one ticket or a list, as JSON')
    .action(async (file, options) =>
      (await import('../onchain/ticket/redeem.ts')).ticketRedeem(file, options),
    )
}
