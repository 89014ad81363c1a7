/** @module The arguments of `tessera protocol`. */
import type { Command } from 'commander'
import { onChainGroup, sendingOptions } from '../onchain/options.ts'

const PARAMS_HELP = `
PARAMS is mainnet, devnet, or a JSON file with the values that differ from one
of them:
  {"base": "mainnet", "roundLength": 100, "controllerOwner": "deployer",
   "treasuryBalanceCeiling": "750000", "governance": {"votingPeriod": 5}}
Amounts of LPT are text, rates are integers over the whole that docs/cli.md
states.

All of it is tried out on a copy of the chain first. When it breaks off, run the
same command again: it finds in the report how far it was, and goes on.`

export function addProtocolCommands(program: Command): void {
  const protocol = onChainGroup(program.command('protocol'), 'deploy the contracts')
  sendingOptions(protocol.command('deploy'))
    .description('deploy the protocol to a chain, or go on where that broke off')
    .option('--params <set>', 'mainnet, devnet, or a JSON file', 'mainnet')
    .option('--out <file>', 'the report: parameters and all addresses', 'deployment.json')
    .option('--keep-control', 'leave the account in charge until a genesis is deployed', false)
    .addHelpText('after', PARAMS_HELP)
    .action(async (options) => (await import('../onchain/protocol/deploy.ts')).protocolDeploy(options))
}
