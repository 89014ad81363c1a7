/** @module The arguments of `tessera genesis`. */
import type { Command } from 'commander'
import { onChainGroup, sendingOptions } from '../onchain/options.ts'
import { wholeNumber } from '../options.ts'

const PLAN_HELP = `
The list has a line for each account: the address, or address,balance with the
balance in wei; a header is allowed.
The plan is JSON, with LPT amounts as text:
  {"supply": "10000000", "community": "6343700",
   "balanceThreshold": "100000000000000000", "genesisBlock": 5264265,
   "cliffBlocks": 500000, "callerPeriodBlocks": 2500000,
   "team": [{"beneficiary": "0x…", "amount": "3000000",
             "startSeconds": 1525132800, "cliffSeconds": 31536000,
             "durationSeconds": 126144000}],
   "earlyDevelopers": [ … ]}
Community, team and early developers must add up to the supply.
Writes report.json, tree.bin and excluded.csv.`

export function addGenesisCommands(program: Command): void {
  const genesis = onChainGroup(program.command('genesis'), 'the first distribution of LPT')
  genesis
    .command('build')
    .description('make the tree, all proofs and a report of a list of accounts')
    .argument('<list>', 'CSV file of accounts')
    .requiredOption('--plan <file>', 'how the supply is split (JSON)')
    .option('--out <folder>', 'where to write the genesis')
    .option('--check <report>', 'compare with this report; fails unless it says the same')
    .option('--force', 'overwrite a genesis that is there', false)
    .option('--max-rows <n>', 'refuse longer lists', wholeNumber(1, 50_000_000), 16_777_216)
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', PLAN_HELP)
    .action(async (list, options) =>
      (await import('../onchain/genesis/build.ts')).genesisBuild(list, options),
    )
  genesis
    .command('prove')
    .description('print the proof of an account, or those of several as genesis claim-many takes them')
    .argument('[address...]', 'one, or several')
    .option('--accounts <file>', 'more accounts, one in a line')
    .option('--from <folder>', 'what build wrote', 'genesis')
    .option('--json', 'print one JSON document', false)
    .action(async (accounts, options) =>
      (await import('../onchain/genesis/prove.ts')).genesisProve(accounts, options),
    )
  sendingOptions(genesis.command('deploy'))
    .description('create the mine and the grants of a genesis, mint its LPT, and hand the protocol over')
    .option('--from <folder>', 'what build wrote', 'genesis')
    .option('--deployment <file>', 'what protocol deploy --keep-control wrote', 'deployment.json')
    .option('--out <file>', 'the report (default: deployment.json in the folder of the genesis)')
    .action(async (options) => (await import('../onchain/genesis/deploy.ts')).genesisDeploy(options))
  sendingOptions(genesis.command('claim'))
    .description('generate the share of an account; of another than your own once the caller period began')
    .argument('[address]', 'whose share (default: that of the account that signs)')
    .requiredOption('--mine <address>', 'the MerkleMine')
    .option('--from <folder>', 'what build wrote', 'genesis')
    .option('--proof <hex>', 'this proof instead of the files')
    .action(async (account, options) =>
      (await import('../onchain/genesis/claim.ts')).genesisClaim(account, options),
    )
  sendingOptions(genesis.command('claim-many'))
    .description('generate the shares of many accounts for a part of them, once the caller period began')
    .argument('<file>', 'accounts, one in a line, or what genesis prove prints of several')
    .requiredOption('--mine <address>', 'the MerkleMine')
    .option('--from <folder>', 'what build wrote, for the proofs of accounts', 'genesis')
    .option(
      '--multi <address>',
      'a MultiMerkleMine; default: that of genesis deploy, else one that all share, created if need be',
    )
    .option('--batch <n>', 'shares in one transaction', wholeNumber(1, 500), 40)
    .action(async (file, options) =>
      (await import('../onchain/genesis/claim-many.ts')).genesisClaimMany(file, options),
    )
}
