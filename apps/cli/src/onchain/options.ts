/** @module The options that on-chain commands share. */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from '../options.ts'
import { EXIT } from './exit-codes.ts'
import { toJson } from './json.ts'

/** Of every on-chain command. */
export type ReadingOptions = {
  readonly rpc?: string
  readonly controller?: string
  readonly data: string
  readonly json: boolean
  readonly keystore?: string
  readonly passwordFile?: string
  readonly account?: string
}

/** Of commands that send transactions. */
export type SendingOptions = ReadingOptions & {
  readonly dryRun: boolean
  readonly yes: boolean
  /** In gwei for one unit of gas. */
  readonly maxFee: number
  /** In seconds, for one transaction. */
  readonly timeout: number
}

/** A group of verbs; a usage error of theirs has the exit status that docs/cli.md promises. */
export function onChainGroup(group: Command, description: string): Command {
  return usageStatus(group).description(`on chain: ${description}`)
}

/** A single verb below a command of another kind. */
export function onChainVerb(parent: Command, name: string): Command {
  return usageStatus(parent.command(name))
}

/** Verbs made from it later inherit the setting. */
function usageStatus(command: Command): Command {
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
  return command
    .addOption(
      new Option('--rpc <url>', 'the chain (default: the network of ./tessera up)').env('TESSERA_RPC'),
    )
    .addOption(
      new Option('--controller <address>', 'Controller of the contracts (default: the known one)').env(
        'TESSERA_CONTROLLER',
      ),
    )
    .addOption(
      new Option(
        '--account <name>',
        'development account: gateway, orchestrator1, delegator, deployer or 0-99',
      ).env('TESSERA_ACCOUNT'),
    )
    .addOption(new Option('--keystore <file>', 'encrypted key (version 3 JSON)').env('TESSERA_KEYSTORE'))
    .addOption(
      new Option('--password-file <file>', 'its password; asked for when absent').env(
        'TESSERA_PASSWORD_FILE',
      ),
    )
    .option('--data <folder>', 'data folder of the local network', '.tessera/data')
    .option('--json', 'print one JSON document', false)
}

/** Those of `readingOptions`, and what sending takes. */
export function sendingOptions(command: Command): Command {
  return readingOptions(command)
    .option('--dry-run', 'simulate, say what would be sent, send nothing', false)
    .option('-y, --yes', 'do not ask', false)
    .option('--max-fee <gwei>', 'most to pay for one unit of gas', wholeNumber(1, 1_000_000), 100)
    .option('--timeout <seconds>', 'how long to wait for a block', wholeNumber(1, 86_400), 600)
}

/** Number of a lock or proposal. */
export function parseId(text: string): bigint {
  if (!/^\d{1,78}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return BigInt(text)
}
