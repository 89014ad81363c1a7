/** @module The options that on-chain commands share. */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { DEFAULT_DATA, wholeNumber } from '../options.ts'
import { LEAST_PREFIX } from './by-prefix.ts'
import { EXIT } from './exit-codes.ts'
import { toJson } from './json.ts'

/** Of every on-chain command. */
export type ReadingOptions = {
  readonly rpc?: string
  readonly controller?: string
  readonly data: string
  readonly json?: boolean
  readonly keystore?: string
  readonly passwordFile?: string
  readonly account?: string
}

/** Of commands that send transactions. */
export type SendingOptions = ReadingOptions & {
  readonly dryRun?: boolean
  readonly yes?: boolean
  /** In gwei for one unit of gas. */
  readonly maxFee: number
  /** In seconds, for one transaction. */
  readonly timeout: number
}

/** Headings of `--help`. */
const ON_CHAIN = 'On chain (docs/cli.md):'
const WHERE_AND_WHO = 'Chain and account:'
const SENDING = 'Sending:'

/** A group of verbs. */
export function onChainGroup(group: Command, description: string): Command {
  return group.description(description).helpGroup(ON_CHAIN)
}

/** A single verb below a command of another kind. */
export function onChainVerb(parent: Command, name: string): Command {
  return parent.command(name).helpGroup(ON_CHAIN)
}

/** A usage error has the exit status that docs/cli.md promises; commands made from it later inherit the setting. */
export function usageStatus(command: Command): Command {
  return command.exitOverride((error) => {
    const isUsage = error.exitCode !== 0
    if (isUsage && process.argv.includes('--json')) {
      const message = error.message.replace(/^error: /, '')
      process.stdout.write(`${toJson({ ok: false, error: { code: 'CLI_USAGE', message } })}\n`)
    }
    process.exit(isUsage ? EXIT.usage : EXIT.done)
  })
}

/** Options that say where the chain is, whose account it is about, and how to print. */
export function readingOptions(command: Command): Command {
  const options = [
    new Option(
      '--account <name>',
      'of a development chain: gateway, orchestrator1, delegator, deployer, 0 to 99',
    ).env('TESSERA_ACCOUNT'),
    new Option('--keystore <file>', 'encrypted key (version 3 JSON)').env('TESSERA_KEYSTORE'),
    new Option('--password-file <file>', 'its password; asked for when absent').env('TESSERA_PASSWORD_FILE'),
    new Option('--rpc <url>', 'the chain; default: the network of ./tessera up').env('TESSERA_RPC'),
    new Option('--controller <address>', 'Controller of the contracts; default: the known one').env(
      'TESSERA_CONTROLLER',
    ),
    new Option('--data <folder>', 'data folder of the local network').default(DEFAULT_DATA),
  ]
  for (const option of options) command.addOption(option.helpGroup(WHERE_AND_WHO))
  return command.option('--json', 'print one JSON document')
}

/** Those of `readingOptions`, and what sending takes. */
export function sendingOptions(command: Command): Command {
  const options = [
    new Option('--dry-run', 'simulate, say what would be sent, send nothing'),
    new Option('-y, --yes', 'do not ask'),
    new Option('--max-fee <gwei>', 'most to pay for one unit of gas')
      .argParser(wholeNumber(1, 1_000_000))
      .default(100),
    new Option('--timeout <seconds>', 'how long to wait for a block')
      .argParser(wholeNumber(1, 86_400))
      .default(600),
  ]
  const reading = readingOptions(command)
  for (const option of options) reading.addOption(option.helpGroup(SENDING))
  return reading
}

/** Choose a stablecoin instead of ETH. */
export function stablecoinOptions(command: Command, what: string): Command {
  return command
    .option('--stablecoin', what)
    .option('--broker <address>', 'broker of another stablecoin than that of the network')
}

/** An id of a proposal, or its beginning. */
export function parseIdPrefix(text: string): string {
  if (!/^\d{1,78}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  if (text.length < LEAST_PREFIX) {
    throw new InvalidArgumentError(`Give at least the first ${LEAST_PREFIX} digits.`)
  }
  return text
}

/** An id in hex, or its beginning, with or without 0x. */
export function parseHexPrefix(text: string): string {
  if (!/^(0x)?[0-9a-fA-F]{4,64}$/.test(text)) {
    throw new InvalidArgumentError('It must be 0x and at least four hex digits.')
  }
  return text
}

/** Number of a lock. */
export function parseId(text: string): bigint {
  if (!/^\d{1,78}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return BigInt(text)
}
