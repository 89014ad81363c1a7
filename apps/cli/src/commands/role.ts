/** @module The commands that run one role each: gateway, orchestrator, worker. */
import { readFileSync } from 'node:fs'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Command } from 'commander'
import type { RoleMessage } from '../network/child-process.ts'
import type { RunningRole } from '../roles/role-deps.ts'
import { addOrchestratorVerbs } from './orchestrator.ts'

type Start = (settings: unknown) => Promise<RunningRole>

const ROLES: readonly { readonly name: string; readonly description: string; readonly start: Start }[] = [
  {
    name: 'gateway',
    description: 'take streams, have them transcoded by orchestrators, pay them, serve the result',
    start: async (config) => (await import('../roles/gateway.ts')).startGatewayRole(config),
  },
  {
    name: 'orchestrator',
    description:
      'sell transcoding and AI work on the network, redeem tickets, call rounds and rewards; or register one and do it by hand',
    start: async (config) => (await import('../roles/orchestrator.ts')).startOrchestratorRole(config),
  },
  {
    name: 'worker',
    description: 'do the work of an orchestrator: transcode segments, run AI pipelines',
    start: async (config) => (await import('../roles/worker.ts')).startWorkerRole(config),
  },
  {
    name: 'relayer',
    description: 'carry messages between two development chains, so that LPT can cross',
    start: async (config) => (await import('../roles/relayer.ts')).startRelayerRole(config),
  },
]

export function addRoleCommands(program: Command): void {
  for (const role of ROLES) {
    const command = program
      .command(role.name)
      .helpGroup('Nodes:')
      .description(`run one ${role.name}: ${role.description}`)
      .option('--config <file>', 'its settings as JSON (docs/reference/config.md lists them)')
      .action((options: { config?: string }) => {
        // Not commander's `requiredOption`: it would be required of verbs below the command, too.
        if (options.config === undefined) {
          return command.error("error: required option '--config <file>' not specified")
        }
        return runRole(role.start, options.config)
      })
    if (role.name === 'orchestrator') addOrchestratorVerbs(command)
  }
}

/** Runs until a signal, or until the parent that started it goes away. */
async function runRole(start: Start, configFile: string): Promise<void> {
  const tell = (message: RoleMessage) => process.send?.(message)
  const ended = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.resolve())
  process.once('disconnect', () => ended.resolve())
  try {
    await using running = await start(readConfig(configFile))
    tell({ kind: 'ready', facts: running.facts })
    if (!process.send) process.stdout.write(`${JSON.stringify(running.facts)}\n`)
    await ended.promise
  } catch (error) {
    tell({ kind: 'failed', error: describeError(error) })
    throw error
  }
  process.exit(0) // native libraries may hold the event loop
}

function readConfig(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BaseError({
      code: 'CONFIG_UNREADABLE',
      message: `Cannot read the settings in ${file}: ${cause instanceof Error ? cause.message : cause}.`,
      advice: 'Give the path of a JSON file with --config.',
      cause,
    })
  }
}
