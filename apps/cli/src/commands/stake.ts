/** @module The arguments of `tessera stake`. */
import type { Command } from 'commander'
import { parseEthOrMax, parseLptOrMax } from '../onchain/amounts.ts'
import {
  onChainGroup,
  parseId,
  readingOptions,
  sendingOptions,
  stablecoinOptions,
} from '../onchain/options.ts'

const WHO = 'an address or a development account; default: who signs'

export function addStakeCommands(program: Command): void {
  const stake = onChainGroup(
    program.command('stake'),
    'bond LPT to orchestrators, take it out, collect what it earned',
  )
  readingOptions(stake.command('show'))
    .description('show stake, earned fees, wallet and unbonding locks')
    .argument('[account]', WHO)
    .action(async (who, options) => (await import('../onchain/stake/show.ts')).stakeShow(who, options))
  sendingOptions(stake.command('bond'))
    .description('bond LPT; approves exactly the amount first')
    .argument('<lpt>', 'amount, or max', parseLptOrMax)
    .option('--to <orchestrator>', 'default: the present one')
    .action(async (amount, options) => (await import('../onchain/stake/bond.ts')).stakeBond(amount, options))
  sendingOptions(stake.command('move'))
    .description('move all of the bond to another orchestrator')
    .requiredOption('--to <orchestrator>', 'the new one')
    .action(async (options) => (await import('../onchain/stake/bond.ts')).stakeMove(options))
  sendingOptions(stake.command('unbond'))
    .description('take LPT out of the bond into a lock')
    .argument('<lpt>', 'amount, or max', parseLptOrMax)
    .action(async (amount, options) =>
      (await import('../onchain/stake/unbond.ts')).stakeUnbond(amount, options),
    )
  sendingOptions(stake.command('rebond'))
    .description('put a lock back into the bond')
    .argument('[lock]', 'its number; default: the only one', parseId)
    .option('--to <orchestrator>', 'needed when nothing is bonded any more')
    .action(async (lock, options) => (await import('../onchain/stake/rebond.ts')).stakeRebond(lock, options))
  sendingOptions(stake.command('withdraw'))
    .description('withdraw LPT of locks whose time has come')
    .argument('[lock]', 'its number; default: all that are due', parseId)
    .action(async (lock, options) =>
      (await import('../onchain/stake/withdraw.ts')).stakeWithdraw(lock, options),
    )
  stablecoinOptions(
    sendingOptions(stake.command('fees')),
    'claim its shares of fees in the stablecoin instead',
  )
    .description('withdraw the ETH that the stake earned, or claim its shares of fees in a stablecoin')
    .argument('[eth]', 'amount, or max', parseEthOrMax, 'max')
    .option('--recipient <address>', 'who gets it; default: who signs')
    .action(async (amount, options) => (await import('../onchain/stake/fees.ts')).stakeFees(amount, options))
  sendingOptions(stake.command('transfer'))
    .description('give bonded LPT to another account; it stays bonded')
    .argument('<lpt>', 'amount, or max', parseLptOrMax)
    .argument('<receiver>', 'its address')
    .action(async (amount, receiver, options) =>
      (await import('../onchain/stake/transfer.ts')).stakeTransfer(amount, receiver, options),
    )
}
