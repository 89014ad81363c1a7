/** @module What an operator sets for an orchestrator. */
import type { Price } from '@tessera/protocol/price'
import { BaseError } from '@tessera/runtime/errors'
import { z } from 'zod'
import { settingsProblems } from '../settings-problems.ts'

/** Whole wei as decimal digits or a bigint; money never passes through floating point. */
const wholeWei = z.union([z.bigint(), z.string().regex(/^\d{1,30}$/)]).transform((value) => BigInt(value))

const price = z.strictObject({
  wei: wholeWei.describe('Wei per `units` units of work.'),
  units: wholeWei.refine((value) => value > 0n, 'must be above zero').describe('Units of work: pixels.'),
})

const chain = z.strictObject({
  rpcUrl: z.url({ protocol: /^https?$/ }).describe('JSON-RPC endpoint.'),
  controller: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .describe("Address of the protocol's Controller contract."),
  privateKey: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/)
    .describe('Key of the orchestrator: signs results, sends transactions, is paid.'),
  ticketEv: wholeWei.default(8_000_000_000n).describe('What a ticket is worth on average, in wei.'),
  txCostMultiplier: wholeWei
    .default(100n)
    .describe('A winning ticket shall pay this many times what redeeming it costs.'),
  maxFaceValue: wholeWei.optional().describe('No ticket pays more, in wei.'),
  ticketBlocks: wholeWei.default(40n).describe('Ticket parameters are accepted for so many L1 blocks.'),
  addsRedemptionCost: z
    .boolean()
    .default(true)
    .describe('Adds to the price what redeeming tickets costs on average.'),
  finalBlocks: wholeWei.default(12n).describe('A redemption so many blocks deep is final.'),
  opensRounds: z.boolean().default(true).describe('Opens each round that nobody else has opened.'),
  openRoundDelayMs: z
    .int()
    .min(0)
    .default(30_000)
    .describe('Waits a random time up to this before it opens a round, in ms: others may do it too.'),
  callsReward: z.boolean().default(true).describe('Calls reward once in each round in which it is active.'),
  withdrawAboveWei: wholeWei
    .default(100_000_000_000_000_000n)
    .describe('At the end of a round, withdraws fees from the protocol if they are at least so many wei.'),
})

/** Exported for the reference in docs/. */
export const orchestratorSettings: z.ZodType<OrchestratorConfig, unknown> = z.strictObject({
  host: z.string().default('127.0.0.1').describe('Address to listen on.'),
  port: z.int().min(0).max(65_535).default(8935).describe('Port for gRPC and HTTPS; 0 takes any free one.'),
  serviceUrl: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe('Base URL under which gateways and workers reach this node. Default: https://host:port.'),
  dataFolder: z
    .string()
    .min(1)
    .describe('Folder of the certificate, tickets and transactions; belongs to this orchestrator alone.'),
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
  chain: chain
    .optional()
    .describe(
      'Work for payment on this chain. Without it the node works off chain: free, and nobody is checked.',
    ),
})

/** See the schema for what each field means. */
export type OrchestratorConfig = {
  readonly host: string
  readonly port: number
  readonly serviceUrl?: string | undefined
  readonly dataFolder: string
  readonly secret: string
  readonly maxSessions: number
  readonly price: Price
  readonly livePrices: Readonly<Record<string, Price>>
  readonly livePaymentIntervalMs: number
  readonly storeBytes: number
  readonly nodes: readonly string[]
  readonly chain?: OrchestratorChainConfig | undefined
}

export type OrchestratorChainConfig = {
  readonly rpcUrl: string
  readonly controller: string
  readonly privateKey: string
  readonly ticketEv: bigint
  readonly txCostMultiplier: bigint
  readonly maxFaceValue?: bigint | undefined
  readonly ticketBlocks: bigint
  readonly addsRedemptionCost: boolean
  readonly finalBlocks: bigint
  readonly opensRounds: boolean
  readonly openRoundDelayMs: number
  readonly callsReward: boolean
  readonly withdrawAboveWei: bigint
}

/** Wrong settings: says which and why. */
export class OrchestratorConfigError extends BaseError {
  constructor(problems: string) {
    super({
      code: 'ORCHESTRATOR_CONFIG',
      message: `The settings of the orchestrator are not right: ${problems}.`,
      advice: 'Correct them; docs/reference/config.md lists all settings.',
    })
  }
}

/** @throws {OrchestratorConfigError} */
export function parseOrchestratorConfig(settings: unknown): OrchestratorConfig {
  const parsed = orchestratorSettings.safeParse(settings, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new OrchestratorConfigError(settingsProblems(parsed.error))
}
