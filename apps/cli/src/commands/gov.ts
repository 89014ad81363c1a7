/** @module The arguments of `tessera gov` and `tessera treasury`. */
import { type Argument, type Command, Option } from 'commander'
import {
  onChainGroup,
  parseHexPrefix,
  parseIdPrefix,
  readingOptions,
  sendingOptions,
} from '../onchain/options.ts'
import { wholeNumber } from '../options.ts'

const FROM_BLOCK = new Option(
  '--from-block <n>',
  'first block to search for its event; default: the one that created the contract',
).argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER))
const UPDATE = ['<update>', 'its id, or the first digits of it'] as const
const PROPOSAL = ['<proposal>', 'its id, or the first digits of it'] as const

const ACTIONS_HELP = `
The treasury makes all calls of an accepted proposal, in this order, or none.
Any of these, any number of times:
  --transfer 100:0x…       100 LPT of the treasury to an account
  --set NAME=VALUE         a parameter: governor.votingDelay,
                           governor.votingPeriod, governor.threshold,
                           governor.quorum, treasury.delay,
                           staking.unbondingPeriod, staking.poolSize,
                           staking.treasuryCut, staking.treasuryCeiling,
                           minting.inflationChange, minting.target,
                           rounds.length, rounds.lock, tickets.unlockPeriod,
                           tickets.validity
                           (whole numbers, LPT, or percent like 33.33)
  --call 0xTARGET:0xDATA   any call; 0xTARGET:0xDATA:1.5 with 1.5 ETH`

/** An option that can be repeated. Its values are a list, empty without it. */
function many(flags: string, description: string): Option {
  const list = (value: string, before: readonly string[] | undefined): readonly string[] => [
    ...(before ?? []),
    value,
  ]
  const option = new Option(flags, description).argParser(list)
  return option.default([], 'none')
}

export function addGovCommands(program: Command): void {
  const gov = onChainGroup(program.command('gov'), 'proposals and polls, voted on with stake; staged updates')
  readingOptions(gov.command('list'))
    .description('list all proposals')
    .addOption(FROM_BLOCK)
    .action(async (options) => (await import('../onchain/gov/show.ts')).govList(options))
  readingOptions(gov.command('show'))
    .description('show a proposal: what it does, its votes, what comes next')
    .argument(...PROPOSAL, parseIdPrefix)
    .addOption(FROM_BLOCK)
    .action(async (id, options) => (await import('../onchain/gov/show.ts')).govShow(id, options))
  sendingOptions(gov.command('propose'))
    .description('make a proposal')
    .requiredOption('--title <text>', 'one line')
    .option('--description <file>', 'the text below it, Markdown')
    .addOption(many('--transfer <lpt:account>', 'see below'))
    .addOption(many('--set <name=value>', 'see below'))
    .addOption(many('--call <target:data>', 'see below'))
    .addHelpText('after', ACTIONS_HELP)
    .action(async (options) => (await import('../onchain/gov/propose.ts')).govPropose(options))
  sendingOptions(gov.command('vote'))
    .description('vote on a proposal with your stake')
    .argument(...PROPOSAL, parseIdPrefix)
    .addArgument(choiceArgument(program, ['for', 'against', 'abstain']))
    .option('--reason <text>', 'kept on the chain', '')
    .addOption(FROM_BLOCK)
    .action(async (id, choice, options) =>
      (await import('../onchain/gov/vote.ts')).govVote(id, choice, options),
    )
  for (const verb of ['queue', 'execute', 'cancel'] as const) {
    sendingOptions(gov.command(verb))
      .description(SETTLING[verb])
      .argument(...PROPOSAL, parseIdPrefix)
      .addOption(FROM_BLOCK)
      .action(async (id, options) => {
        const { govCancel, govExecute, govQueue } = await import('../onchain/gov/settle.ts')
        await { queue: govQueue, execute: govExecute, cancel: govCancel }[verb](id, options)
      })
  }
  addUpdateCommands(gov)
  addPollCommands(gov)
}

const SETTLING = {
  queue: 'hand an accepted proposal to the treasury',
  execute: 'let the treasury make the calls of a queued proposal',
  cancel: 'withdraw your own proposal before the voting',
} as const

function addUpdateCommands(gov: Command): void {
  const update = gov
    .command('update')
    .description(
      'changes that the owner of the Governor stages, for all to see, before anybody executes them',
    )
  readingOptions(update.command('list'))
    .description('list all updates')
    .addOption(FROM_BLOCK)
    .action(async (options) => (await import('../onchain/gov/update.ts')).updateList(options))
  readingOptions(update.command('show'))
    .description('show an update: its calls, and when it can be executed')
    .argument(...UPDATE, parseHexPrefix)
    .addOption(FROM_BLOCK)
    .action(async (id, options) => (await import('../onchain/gov/update.ts')).updateShow(id, options))
  sendingOptions(update.command('stage'))
    .description('stage an update; only the owner of the Governor can')
    .requiredOption('--delay <blocks>', 'before it can be executed', wholeNumber(0, 100_000_000))
    .option(
      '--nonce <n>',
      'tells updates with the same calls apart; default: the first free',
      wholeNumber(0, 2 ** 32),
    )
    .addOption(many('--transfer <lpt:account>', 'LPT that the Governor holds'))
    .addOption(many('--set <name=value>', 'see tessera gov propose --help'))
    .addOption(many('--call <target:data>', 'see tessera gov propose --help'))
    .action(async (options) => (await import('../onchain/gov/update.ts')).updateStage(options))
  for (const verb of ['execute', 'cancel'] as const) {
    sendingOptions(update.command(verb))
      .description(
        verb === 'execute' ? 'let the Governor make the calls of an update' : 'drop a staged update',
      )
      .argument(...UPDATE, parseHexPrefix)
      .addOption(FROM_BLOCK)
      .action(async (id, options) => {
        const { updateCancel, updateExecute } = await import('../onchain/gov/update.ts')
        await { execute: updateExecute, cancel: updateCancel }[verb](id, options)
      })
  }
}

function addPollCommands(gov: Command): void {
  const poll = gov.command('poll').description('polls, which bind nobody')
  sendingOptions(poll.command('create'))
    .description('open a poll; takes 100 LPT of stake')
    .argument('<proposal>', 'what it is about, by custom the IPFS hash of a text')
    .addOption(FROM_BLOCK)
    .action(async (proposal, options) =>
      (await import('../onchain/gov/poll.ts')).pollCreate(proposal, options),
    )
  sendingOptions(poll.command('vote'))
    .description('vote in a poll; may be repeated')
    .argument('<poll>', 'its address')
    .addArgument(choiceArgument(gov, ['yes', 'no']))
    .action(async (at, choice, options) =>
      (await import('../onchain/gov/poll.ts')).pollVote(at, choice, options),
    )
  readingOptions(poll.command('list'))
    .description('list all polls')
    .addOption(FROM_BLOCK)
    .action(async (options) => (await import('../onchain/gov/poll.ts')).pollList(options))
  readingOptions(poll.command('show'))
    .description('count a poll by stake')
    .argument('<poll>', 'its address')
    .addOption(FROM_BLOCK)
    .action(async (at, options) => (await import('../onchain/gov/poll.ts')).pollShow(at, options))
}

export function addTreasuryCommands(program: Command): void {
  const treasury = onChainGroup(program.command('treasury'), 'what governance has to spend')
  readingOptions(treasury.command('show'))
    .description('show balance and income')
    .action(async (options) => (await import('../onchain/treasury/show.ts')).treasuryShow(options))
  sendingOptions(treasury.command('propose-transfer'))
    .description('propose to pay LPT of the treasury')
    .argument('<lpt>', 'amount')
    .argument('<account>', 'who gets it')
    .requiredOption('--title <text>', 'one line')
    .option('--description <file>', 'the text below it, Markdown')
    .action(async (amount, account, options) => {
      const { govPropose } = await import('../onchain/gov/propose.ts')
      const actions = { transfer: [`${amount}:${account}`], set: [], call: [] }
      await govPropose({ ...options, ...actions }, 'treasury propose-transfer')
    })
}

function choiceArgument(command: Command, choices: readonly string[]): Argument {
  return command.createArgument('<choice>', choices.join(', ')).choices(choices)
}
