/** @module The command line: parse, load what the command needs, run, exit. */
import { describeError } from '@tessera/runtime/errors'
import { Command, Option } from 'commander'
import { addBridgeCommands } from './commands/bridge.ts'
import { addGenesisCommands } from './commands/genesis.ts'
import { addGovCommands, addTreasuryCommands } from './commands/gov.ts'
import { addProtocolCommands } from './commands/protocol.ts'
import { addRoleCommands } from './commands/role.ts'
import { addRoundCommands } from './commands/round.ts'
import { addStakeCommands } from './commands/stake.ts'
import { addTicketCommands } from './commands/ticket.ts'
import { usageStatus } from './onchain/options.ts'
import { DEFAULT_DATA, ownOptionsFirst, wholeNumber } from './options.ts'
import { prepareStream } from './streams.ts'

for (const stream of [process.stdout, process.stderr]) prepareStream(stream)

const program = usageStatus(new Command('tessera'))
  .description(
    'A video network of your own: live transcoding and real-time AI on nodes that stake, are paid in tickets and are checked.',
  )
  .version('0.1.0')
  .configureHelp({ groupItems: ownOptionsFirst })
  .showHelpAfterError('Run with --help to see what is possible.')
  .addHelpText(
    'after',
    `
Start here:
  ./tessera up                    start a whole network and print where to publish and watch
  ./tessera publish               publish a test picture to it
  ./tessera demo                  start it, publish a test stream, kill a node, check and report
  ./tessera doctor                see what this machine has and how to mend what is missing

Everything is kept in the folder .tessera of this checkout.`,
  )

const portBase = () =>
  new Option(
    '--port-base <N>',
    'use the ports N, N+1, … instead of the customary ones (RTMP 1935, HTTP 9935, RPC 8545, orchestrators from 8935)',
  ).argParser(wholeNumber(1024, 65_000))

program
  .command('up')
  .description('start the chain, a gateway, two orchestrators and their workers; Ctrl-C stops all of it')
  .option('--ephemeral', 'start clean and keep nothing afterwards', false)
  .option('--data <folder>', 'where chain and node data are kept', DEFAULT_DATA)
  .option('--bridge', 'start an L1 too, with the bridge to it (see tessera bridge)', false)
  .option('--verbose', 'show the log of every process', false)
  .addOption(portBase())
  .action(async (options) => (await import('./commands/up.ts')).up(options))

program
  .command('demo')
  .description('run the whole network on a real stream, kill an orchestrator half-way, measure, report')
  .option('--seconds <n>', 'how long to publish', wholeNumber(6, 86_400), 20)
  .option('--input <file>', 'publish this video file instead of the generated picture')
  .option('--json <file>', 'also write the report as JSON')
  .option('--verbose', 'show the log of every process', false)
  .addOption(portBase())
  .addHelpText(
    'after',
    `
Every figure is measured on the delivered bytes or read from the chain. The exit
status is 0 only if no frame and no segment was lost, each rendition has exactly
the frames of the source, at least one ticket was redeemed and the AI stream was
delivered. Real-time AI may pass frames over; the report says how many.`,
  )
  .action(async (options) => (await import('./commands/demo.ts')).demo(options))

program
  .command('publish')
  .description('publish a generated picture, or a file, to a running network')
  .option('--seconds <n>', 'how long', wholeNumber(1, 86_400), 600)
  .option('--input <file>', 'this video file instead of the generated picture')
  .option('--url <rtmp>', 'somewhere else, stream key included (default: the network of ./tessera up)')
  .addOption(portBase())
  .action(async (options) => (await import('./commands/publish.ts')).publish(options))

program
  .command('test')
  .description('run every test: checks, contracts, real codecs and chain, whole network, browser')
  .argument('[kinds...]', 'only these: check, contracts, slow, e2e')
  .action(async (kinds) => (await import('./commands/test.ts')).test(kinds))

program
  .command('bench')
  .description('measure against a named baseline, interleaved, and keep the result in bench/results')
  .argument('<name>', 'network')
  .option('--json <file>', 'also write the result as JSON to this file')
  .option('--pairs <n>', 'how often subject and baseline are measured', wholeNumber(1, 50), 5)
  .addOption(portBase())
  .addHelpText(
    'after',
    `
network   CPU time of the whole network for a published file ÷ one process that
          transcodes the same file to the same ladder; the same with real-time
          AI; CPU of the idle network; seconds until it serves. About 10 minutes.

The exit status is 1 when a figure misses its target. Measure on a quiet machine.`,
  )
  .action(async (name, options) => (await import('./commands/bench.ts')).bench(name, options))

program
  .command('doctor')
  .description(
    'say what this machine has (Node, cores, memory, GPU, browser, ports, disk) and how to mend it',
  )
  .addOption(portBase())
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options))

addRoleCommands(program)
addStakeCommands(program)
addGovCommands(program)
addTreasuryCommands(program)
addTicketCommands(program)
addRoundCommands(program)
addProtocolCommands(program)
addGenesisCommands(program)
addBridgeCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`\ntessera: ${describeError(error)}\n`)
  process.exitCode = 1
}
