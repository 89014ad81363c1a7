/** @module What an operator sets for a worker. */
import { BaseError } from '@tessera/runtime/errors'
import { z } from 'zod'
import { settingsProblems } from '../settings-problems.ts'

const runner = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on; the orchestrator must reach it.'),
  port: z.int().min(0).max(65_535).default(0).describe('Port of the runner; 0 takes any free one.'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('As the orchestrator sees it. Default: http://host:port.'),
  capacity: z.int().min(1).default(1).describe('Live streams at a time.'),
  threads: z.int().min(1).default(1).describe('Threads of one inference.'),
})

export type RunnerConfig = {
  readonly host: string
  readonly port: number
  readonly url?: string | undefined
  readonly capacity: number
  readonly threads: number
}

/** Exported for the reference in docs/. */
export const workerSettings: z.ZodType<WorkerConfig, unknown> = z.strictObject({
  orchestratorUrl: z
    .url({ protocol: /^https$/ })
    .describe('The orchestrator to work for: https://host:port. Its certificate may be self-signed.'),
  secret: z.string().min(8).describe("The orchestrator's secret for its workers."),
  capacity: z
    .int()
    .min(1)
    .max(1024)
    .default(1)
    .describe('Segments transcoded at a time; one codec process each.'),
  maxReconnectMs: z
    .int()
    .min(100)
    .default(5_000)
    .describe(
      'Longest pause between attempts to reach the orchestrator, in ms. Pauses double and are jittered.',
    ),
  runner: runner.optional().describe('Offers live AI pipelines too.'),
  drainMs: z.int().min(0).default(5_000).describe('How long closing waits for segments under way, in ms.'),
})

/** See the schema for what each field means. */
export type WorkerConfig = {
  readonly orchestratorUrl: string
  readonly secret: string
  readonly capacity: number
  readonly maxReconnectMs: number
  readonly drainMs: number
  readonly runner?: RunnerConfig | undefined
}

/** Wrong settings: says which and why. */
export class WorkerConfigError extends BaseError {
  constructor(problems: string) {
    super({
      code: 'WORKER_CONFIG',
      message: `The settings of the worker are not right: ${problems}.`,
      advice: 'Correct them; docs/reference/config.md lists all settings.',
    })
  }
}

/** @throws {WorkerConfigError} */
export function parseWorkerConfig(settings: unknown): WorkerConfig {
  const parsed = workerSettings.safeParse(settings, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new WorkerConfigError(settingsProblems(parsed.error))
}
