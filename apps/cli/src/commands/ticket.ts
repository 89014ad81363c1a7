/** @module The arguments of `tessera ticket`. */
import type { Command } from 'commander'
import { amountText } from '../onchain/amounts.ts'
import { onChainGroup, readingOptions, sendingOptions, stablecoinOptions } from '../onchain/options.ts'

export function addTicketCommands(program: Command): void {
  const ticket = onChainGroup(
    program.command('ticket'),
    'deposit and reserve that tickets are paid from; winning tickets',
  )
  money(readingOptions(ticket.command('show')))
    .description('show deposit, reserve and whether they are locked')
    .argument('[account]', 'an address or a development account; default: who signs')
    .action(async (who, options) => (await import('../onchain/ticket/show.ts')).ticketShow(who, options))
  money(sendingOptions(ticket.command('fund')))
    .description('pay into deposit and reserve; cancels an unlock')
    .option('--deposit <amount>', 'pays tickets first', amountText)
    .option(
      '--reserve <amount>',
      'pays when the deposit is empty, in equal shares for all orchestrators',
      amountText,
    )
    .action(async (options) => (await import('../onchain/ticket/fund.ts')).ticketFund(options))
  money(sendingOptions(ticket.command('unlock')))
    .description('begin to take deposit and reserve out')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketUnlock(options))
  money(sendingOptions(ticket.command('cancel-unlock')))
    .description('keep them after all')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketCancelUnlock(options))
  money(sendingOptions(ticket.command('withdraw')))
    .description('take them out once they are unlocked')
    .action(async (options) => (await import('../onchain/ticket/unlock.ts')).ticketWithdraw(options))
  stablecoinOptions(sendingOptions(ticket.command('redeem')), 'tickets in the stablecoin of the network')
    .description('redeem winning tickets; docs/cli.md describes the file')
    .argument('<file>', 'one ticket or a list, as JSON')
    .action(async (file, options) =>
      (await import('../onchain/ticket/redeem.ts')).ticketRedeem(file, options),
    )
  sendingOptions(ticket.command('mint'))
    .description('make test dollars, on networks whose stablecoin is a test token; only its deployer can')
    .argument('<amount>', 'dollars', amountText)
    .argument('[account]', 'who gets them; default: who signs')
    .action(async (amount, who, options) =>
      (await import('../onchain/ticket/mint.ts')).ticketMint(amount, who, options),
    )
}

/** Which deposit and reserve it is about. */
function money(command: Command): Command {
  return stablecoinOptions(command, 'those in the stablecoin of the network instead of ETH')
}
