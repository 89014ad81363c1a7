/** @module The arguments of `tessera round` and `tessera transaction`. */
import type { Command } from 'commander'
import { onChainGroup, onChainVerb, readingOptions, sendingOptions } from '../onchain/options.ts'

export function addRoundCommands(program: Command): void {
  const round = onChainGroup(program.command('round'), 'the clock of the protocol')
  readingOptions(round.command('status'))
    .description('say which round it is, whether it is open, and when the next begins')
    .action(async (options) => (await import('../onchain/round/status.ts')).roundStatus(options))
  sendingOptions(round.command('init'))
    .description('open the current round, if nobody has yet')
    .action(async (options) => (await import('../onchain/round/init.ts')).roundInit(options))
  readingOptions(onChainVerb(program, 'transaction'))
    .description('say what became of a transaction')
    .argument('<hash>')
    .action(async (hash, options) =>
      (await import('../onchain/transaction/show.ts')).transactionShow(hash, options),
    )
}
