/** @module What an operator sets for a worker. */
import { z } from 'zod'

const schema = z.strictObject({
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
  drainMs: z.int().min(0).default(5_000).describe('How long closing waits for segments under way, in ms.'),
})

/** See the schema for what each field means. */
export type WorkerConfig = {
  readonly orchestratorUrl: string
  readonly secret: string
  readonly capacity: number
  readonly maxReconnectMs: number
  readonly drainMs: number
}

/** What may be left out has a default. */
export type WorkerConfigInput = Partial<WorkerConfig> & Pick<WorkerConfig, 'orchestratorUrl' | 'secret'>

export const workerConfigSchema: z.ZodType<WorkerConfig, unknown> = schema
