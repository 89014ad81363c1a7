/** @module What an operator sets for a gateway. */
import { DEFAULT_LADDER, type Profile, profile } from '@tessera/protocol/profile'
import { type Wei, wei } from '@tessera/protocol/units'
import { BaseError } from '@tessera/runtime/errors'
import { z } from 'zod'
import { settingsProblems } from '../settings-problems.ts'

/** See the schema for what each setting means. */
export type GatewayConfig = {
  readonly rtmp: { readonly host: string; readonly port: number }
  readonly http: { readonly host: string; readonly port: number }
  readonly publicHost: string
  readonly streamKeys: Readonly<Record<string, string>>
  readonly dataFolder: string
  readonly maxStoreBytes: number
  readonly pageFolder?: string | undefined
  readonly ladder: readonly Profile[]
  readonly segmentMs: number
  readonly maxKeyframeMs: number
  readonly maxSegmentBytes: number
  readonly windowMs: number
  readonly maxStreams: number
  readonly reconnectMs: number
  readonly patienceMs: number
  readonly maxFaults: number
  readonly maxInFlight: number
  readonly maxWaitingBytes: number
  readonly discoveryTimeoutMs: number
  readonly directoryRefreshMs: number
  readonly maxPrice?: { readonly wei: bigint; readonly units: bigint } | undefined
  readonly orchestrators: readonly string[]
  readonly chain?:
    | {
        readonly rpcUrl: string
        readonly controller: string
        readonly privateKey: string
        readonly maxTicketEv?: Wei | undefined
        readonly maxTotalEv?: Wei | undefined
      }
    | undefined
  readonly realtime?:
    | { readonly modelId: string; readonly params: Readonly<Record<string, number>> }
    | undefined
}

const port = z.int().min(0).max(65_535)
const ms = z.int().min(0).max(86_400_000)
const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ -')
const wholeWei = z.union([z.bigint(), z.string().regex(/^\d{1,30}$/)]).transform((value) => BigInt(value))
const GIB = 2 ** 30
const MIB = 2 ** 20

const listenAddress = z.strictObject({
  host: z.string().describe('Address to listen on.'),
  port: port.describe('Port; 0 takes any free one.'),
})

const ladderProfile = z
  .strictObject({
    name: name.describe('Name of the rendition in playlists and addresses.'),
    width: z.int().describe('Pixels.'),
    height: z.int().describe('Pixels.'),
    bitrateBps: z.int().describe('Bits per second.'),
    codec: z.literal('h264').default('h264').describe('Video codec.'),
    format: z.literal('mpegts').default('mpegts').describe('Container.'),
  })
  .transform(profile)

const maxPrice = z.strictObject({
  wei: wholeWei.describe('Wei per `units` pixels.'),
  units: wholeWei.refine((units) => units > 0n, 'must be above zero').describe('Pixels.'),
})

const chain = z.strictObject({
  rpcUrl: z.url({ protocol: /^https?$/ }).describe('JSON-RPC endpoint.'),
  controller: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .describe("Address of the protocol's Controller contract."),
  privateKey: z
    .string()
    .regex(/^(0x)?[0-9a-fA-F]{64}$/, 'must be 32 bytes of hex')
    .describe("The gateway's key: it signs tickets; its deposit pays them."),
  maxTicketEv: wholeWei
    .transform(wei)
    .optional()
    .describe('One ticket may be worth at most this on average, in wei. Without it 3·10^12.'),
  maxTotalEv: wholeWei
    .transform(wei)
    .optional()
    .describe(
      'The tickets of one payment together are worth at most this on average, in wei. Without it 2·10^13.',
    ),
})

const realtime = z.strictObject({
  modelId: z.string().min(1).describe('The pipeline to run.'),
  params: z.record(z.string(), z.number()).default({}).describe('Parameters of the pipeline by name.'),
})

/** Exported for the reference in docs/. */
export const gatewaySettings: z.ZodType<GatewayConfig, unknown> = z
  .strictObject({
    rtmp: listenAddress.default({ host: '127.0.0.1', port: 1935 }).describe('Where publishers connect.'),
    http: listenAddress.default({ host: '127.0.0.1', port: 9935 }).describe('Where viewers connect.'),
    publicHost: z
      .string()
      .min(1)
      .default('localhost')
      .describe('Name of this machine in the addresses shown to people.'),
    streamKeys: z
      .record(z.string().min(1), name)
      .default({ demo: 'demo' })
      .describe('Secret stream key → id of the stream, which is public.'),
    dataFolder: z.string().min(1).describe('Folder for segments; belongs to this gateway alone.'),
    maxStoreBytes: z
      .int()
      .min(MIB)
      .default(8 * GIB)
      .describe('Segments kept on disk, in bytes; the oldest go first.'),
    pageFolder: z.string().min(1).optional().describe('The built page; without it `/` says how to build it.'),
    ladder: z
      .array(ladderProfile)
      .min(1)
      .max(10)
      .default([...DEFAULT_LADDER])
      .describe('Renditions that each stream gets, best first.'),
    segmentMs: ms
      .min(500)
      .default(2_000)
      .describe('Segments end at the first keyframe at or after this, in ms.'),
    maxKeyframeMs: ms
      .min(1_000)
      .default(10_000)
      .describe('A publisher without a keyframe for longer is refused, in ms.'),
    maxSegmentBytes: z
      .int()
      .min(MIB)
      .max(300 * MIB)
      .default(64 * MIB)
      .describe('Largest segment, in bytes.'),
    windowMs: ms
      .min(12_000)
      .default(1_200_000)
      .describe('How far back viewers can go, in ms. Playlists grow with it.'),
    maxStreams: z.int().min(1).max(1000).default(20).describe('Ended streams that stay watchable.'),
    reconnectMs: ms
      .default(3_000)
      .describe('How long a stream whose publisher went away waits for it before its playlists end, in ms.'),
    patienceMs: ms
      .min(1_000)
      .default(60_000)
      .describe('How long a segment is tried, from its arrival until it is given up, in ms.'),
    maxFaults: z
      .int()
      .min(1)
      .default(8)
      .describe('Tries of one segment that may fail by the fault of orchestrators.'),
    maxInFlight: z
      .int()
      .min(1)
      .max(16)
      .default(2)
      .describe('Segments of one stream that one orchestrator works on at a time.'),
    maxWaitingBytes: z
      .int()
      .min(MIB)
      .default(512 * MIB)
      .describe('Bytes of one stream that may wait for orchestrators.'),
    discoveryTimeoutMs: ms
      .default(500)
      .describe("How long a new stream waits for slow orchestrators' first quotes, in ms."),
    directoryRefreshMs: ms
      .min(100)
      .default(5_000)
      .describe('How often the list of orchestrators is read again, in ms.'),
    maxPrice: maxPrice.optional().describe('Dearest price accepted; without it any.'),
    orchestrators: z
      .array(z.url({ protocol: /^https?$/ }))
      .default([])
      .describe(
        'Off chain: the orchestrators to use. On chain they are read from the contracts and this must be empty.',
      ),
    chain: chain
      .optional()
      .describe('Pay orchestrators on this chain. Without it off chain: nobody is paid.'),
    realtime: realtime.optional().describe('Real-time AI on each stream; without it none.'),
  })
  .refine((config) => !(config.chain && config.orchestrators.length > 0), {
    path: ['orchestrators'],
    message: 'must be empty on chain: the contracts list the orchestrators',
  })

class GatewayConfigError extends BaseError {
  constructor(problems: string) {
    super({
      code: 'GATEWAY_CONFIG',
      message: `The gateway's settings are not right: ${problems}.`,
      advice: 'Correct them; docs/reference/config.md lists all settings.',
    })
  }
}

/** Fills in defaults. @throws {GatewayConfigError} naming each wrong or unknown setting; values are not shown. */
export function parseGatewayConfig(input: unknown): GatewayConfig {
  const result = gatewaySettings.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  throw new GatewayConfigError(settingsProblems(result.error))
}
