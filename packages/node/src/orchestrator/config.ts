/** @module What an operator sets for an orchestrator. */
import type { Price } from '@tessera/protocol/price'
import { z } from 'zod'

/** Whole wei as decimal digits or a bigint; money never passes through floating point. */
const wholeWei = z.union([z.bigint(), z.string().regex(/^\d{1,30}$/)]).transform((value) => BigInt(value))

const price = z.strictObject({
  wei: wholeWei.describe('Wei per `units` units of work.'),
  units: wholeWei.refine((value) => value > 0n, 'must be above zero').describe('Units of work: pixels.'),
})

const schema = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on.'),
  port: z.int().min(0).max(65_535).default(8935).describe('Port for gRPC and HTTPS; 0 takes any free one.'),
  serviceUrl: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe('Base URL under which gateways and workers reach this node. Default: https://host:port.'),
  dataDir: z.string().min(1).describe('Folder of the certificate.'),
  secret: z
    .string()
    .min(8)
    .describe('Workers prove with it that they belong to this orchestrator; also opens the admin routes.'),
  maxSessions: z.int().min(1).default(10).describe('Transcoding sessions at a time.'),
  price: price
    .default({ wei: 0n, units: 1n })
    .describe('For transcoding, per encoded pixel: width × height × frames. 0 works for free.'),
  livePrices: z
    .record(z.string(), price)
    .default({})
    .describe(
      'For live pipelines, per pixel, by model. A second counts 1280 × 720 × 30. Others cost `price`.',
    ),
  livePaymentIntervalMs: z
    .int()
    .min(100)
    .default(5_000)
    .describe('Live pipelines are charged in intervals of at least this length, in ms.'),
  storeBytes: z
    .int()
    .min(1 << 20)
    .default(256 << 20)
    .describe('Memory for renditions that gateways have not fetched yet, in bytes; the oldest go first.'),
  nodes: z.array(z.url()).default([]).describe('Base URLs of further nodes of the same operator.'),
})

/** See the schema for what each field means. */
export type OrchestratorConfig = {
  readonly host: string
  readonly port: number
  readonly serviceUrl?: string | undefined
  readonly dataDir: string
  readonly secret: string
  readonly maxSessions: number
  readonly price: Price
  readonly livePrices: Readonly<Record<string, Price>>
  readonly livePaymentIntervalMs: number
  readonly storeBytes: number
  readonly nodes: readonly string[]
}

/** What may be left out has a default. */
export type OrchestratorConfigInput = Partial<OrchestratorConfig> &
  Pick<OrchestratorConfig, 'dataDir' | 'secret'>

export const orchestratorConfigSchema: z.ZodType<OrchestratorConfig, unknown> = schema
