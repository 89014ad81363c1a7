/** @module The arguments of `tessera bridge`. */
import { type Command, Option } from 'commander'
import { parseLptOrMax } from '../onchain/amounts.ts'
import { onChainGroup, readingOptions, sendingOptions } from '../onchain/options.ts'
import { wholeNumber } from '../options.ts'

const HELP = `
The bridge joins two development chains: ./tessera up --bridge starts both, and
the relayer between them.`

export function addBridgeCommands(program: Command): void {
  const bridge = onChainGroup(program.command('bridge'), 'move LPT between L1 and L2').addHelpText(
    'after',
    HELP,
  )
  ends(sendingOptions(bridge.command('deposit')))
    .description('send LPT of the account from L1 to L2')
    .argument('<amount>', 'LPT, or max', parseLptOrMax)
    .option('--to <account>', 'who gets it on L2 (default: the account itself)')
    .option('--wait', 'until it has arrived', false)
    .action(async (amount, options) =>
      (await import('../onchain/bridge/deposit.ts')).bridgeDeposit(amount, options),
    )
  ends(sendingOptions(bridge.command('withdraw')))
    .description('send LPT of the account from L2 to L1, where it is claimed later')
    .argument('<amount>', 'LPT, or max', parseLptOrMax)
    .option('--to <account>', 'who gets it on L1 (default: the account itself)')
    .action(async (amount, options) =>
      (await import('../onchain/bridge/withdraw.ts')).bridgeWithdraw(amount, options),
    )
  ends(sendingOptions(bridge.command('claim')))
    .description('pay out withdrawals on L1 whose challenge period is over')
    .argument(
      '[number]',
      'of the withdrawal, anybody’s (default: all of the account)',
      wholeNumber(0, 2 ** 40),
    )
    .option('--wait', 'until it is possible', false)
    .action(async (number, options) =>
      (await import('../onchain/bridge/claim.ts')).bridgeClaim(number, options),
    )
  ends(readingOptions(bridge.command('status')))
    .description('list deposits and withdrawals of an account, and where LPT is')
    .argument('[account]', 'address or development account (default: the one that signs)')
    .action(async (account, options) =>
      (await import('../onchain/bridge/status.ts')).bridgeStatus(account, options),
    )
  ends(readingOptions(bridge.command('failed')))
    .description('list messages to L2 that failed there, or show one')
    .argument('[number]', 'of the message', wholeNumber(0, 2 ** 40))
    .action(async (number, options) =>
      (await import('../onchain/bridge/failed.ts')).bridgeFailed(number, options),
    )
  ends(sendingOptions(bridge.command('retry')))
    .description('execute messages again that failed on L2, anybody’s')
    .argument('[number]', 'of the message (default: all that failed)', wholeNumber(0, 2 ** 40))
    .action(async (number, options) =>
      (await import('../onchain/bridge/retry.ts')).bridgeRetry(number, options),
    )
  ends(sendingOptions(bridge.command('supply')))
    .description('tell L2 the supply of L1, so that inflation is reckoned on both')
    .action(async (options) => (await import('../onchain/bridge/supply.ts')).bridgeSupply(options))
}

function ends(command: Command): Command {
  return command
    .addOption(
      new Option('--l1-rpc <url>', 'the L1 (default: that of ./tessera up --bridge)').env('TESSERA_L1_RPC'),
    )
    .addOption(
      new Option('--l1-controller <address>', 'Controller on L1 (default: the known one)').env(
        'TESSERA_L1_CONTROLLER',
      ),
    )
}
