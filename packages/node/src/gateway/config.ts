/** @module What an operator sets for a gateway. */
import { DEFAULT_LADDER, type Profile, profile } from '@tessera/protocol/profile'
import { type Wei, wei } from '@tessera/protocol/units'
import { BaseError } from '@tessera/runtime/errors'
import { z } from 'zod'

export type GatewayConfig = {
  /** Where publishers connect. Port 0 takes any free one. Default 127.0.0.1:1935. */
  readonly rtmp: { readonly host: string; readonly port: number }
  /** Where viewers connect. Default 127.0.0.1:9935. */
  readonly http: { readonly host: string; readonly port: number }
  /** Name of this machine in the addresses shown to people. Default `localhost`. */
  readonly publicHost: string
  /** Secret stream key → id of the stream, which is public. Default: the development key `demo` for stream `demo`. */
  readonly streamKeys: Readonly<Record<string, string>>
  /** Folder for segments and the gateway's books; belongs to this gateway alone. */
  readonly dataFolder: string
  /** Segments kept on disk, in bytes; the oldest go first. Default 8 GiB. */
  readonly maxStoreBytes: number
  /** The built page; without it `/` says how to build it. */
  readonly pageFolder?: string | undefined
  /** Renditions that each stream gets, best first. */
  readonly ladder: readonly Profile[]
  /** Segments end at the first keyframe at or after this, in ms. Default 2000. */
  readonly segmentMs: number
  /** A publisher without a keyframe for longer is refused, in ms. Default 10000. */
  readonly maxKeyframeMs: number
  /** Largest segment, in bytes. Default 64 MiB. */
  readonly maxSegmentBytes: number
  /** How far back viewers can go, in ms. Playlists grow with it. Default 20 minutes. */
  readonly windowMs: number
  /** Ended streams that stay watchable. Default 20. */
  readonly maxStreams: number
  /** How long a stream whose publisher went away waits for it before its playlists end, in ms. Default 3000. */
  readonly reconnectMs: number
  /** How long a segment is tried, from its arrival until it is given up, in ms. Default 60000. */
  readonly patienceMs: number
  /** Tries of one segment that may fail by the fault of orchestrators. Default 8. */
  readonly maxFaults: number
  /** Segments of one stream that one orchestrator works on at a time. Default 2. */
  readonly maxInFlight: number
  /** Bytes of one stream that may wait for orchestrators. Default 512 MiB. */
  readonly maxWaitingBytes: number
  /** How long a new stream waits for slow orchestrators' first quotes, in ms. Default 500. */
  readonly discoveryTimeoutMs: number
  /** How often the list of orchestrators is read again, in ms. Default 5000. */
  readonly directoryRefreshMs: number
  /** Dearest price per pixel accepted; without it any. */
  readonly maxPrice?: { readonly wei: bigint; readonly units: bigint } | undefined
  /** Off chain: the orchestrators to use. On chain they are read from the contracts and this must be empty. */
  readonly orchestrators: readonly string[]
  /** Absent: off chain, nobody is paid. */
  readonly chain?:
    | {
        readonly rpcUrl: string
        /** Address of the Controller contract. */
        readonly controller: string
        /** The gateway's key: 32 bytes of hex. It signs tickets; its deposit pays them. */
        readonly privateKey: string
        /** One ticket may be worth at most this on average, in wei. Default 3·10^12. */
        readonly maxTicketEv?: Wei | undefined
        /** The tickets of one payment together, in wei. Default 2·10^13. */
        readonly maxTotalEv?: Wei | undefined
      }
    | undefined
  /** Real-time AI on each stream; without it none. */
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

const profileSchema = z
  .strictObject({
    name,
    width: z.int(),
    height: z.int(),
    bitrateBps: z.int(),
    codec: z.literal('h264').default('h264'),
    format: z.literal('mpegts').default('mpegts'),
  })
  .transform(profile)

const schema: z.ZodType<GatewayConfig, unknown> = z
  .strictObject({
    rtmp: z.strictObject({ host: z.string(), port }).default({ host: '127.0.0.1', port: 1935 }),
    http: z.strictObject({ host: z.string(), port }).default({ host: '127.0.0.1', port: 9935 }),
    publicHost: z.string().min(1).default('localhost'),
    streamKeys: z.record(z.string().min(1), name).default({ demo: 'demo' }),
    dataFolder: z.string().min(1),
    maxStoreBytes: z
      .int()
      .min(MIB)
      .default(8 * GIB),
    pageFolder: z.string().min(1).optional(),
    ladder: z
      .array(profileSchema)
      .min(1)
      .max(10)
      .default([...DEFAULT_LADDER]),
    segmentMs: ms.min(500).default(2_000),
    maxKeyframeMs: ms.min(1_000).default(10_000),
    maxSegmentBytes: z
      .int()
      .min(MIB)
      .max(300 * MIB)
      .default(64 * MIB),
    windowMs: ms.min(12_000).default(1_200_000),
    maxStreams: z.int().min(1).max(1000).default(20),
    reconnectMs: ms.default(3_000),
    patienceMs: ms.min(1_000).default(60_000),
    maxFaults: z.int().min(1).default(8),
    maxInFlight: z.int().min(1).max(16).default(2),
    maxWaitingBytes: z
      .int()
      .min(MIB)
      .default(512 * MIB),
    discoveryTimeoutMs: ms.default(500),
    directoryRefreshMs: ms.min(100).default(5_000),
    maxPrice: z
      .strictObject({ wei: wholeWei, units: wholeWei.refine((units) => units > 0n, 'must be above zero') })
      .optional(),
    orchestrators: z.array(z.url({ protocol: /^https?$/ })).default([]),
    chain: z
      .strictObject({
        rpcUrl: z.url({ protocol: /^https?$/ }),
        controller: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
        privateKey: z.string().regex(/^(0x)?[0-9a-fA-F]{64}$/, 'must be 32 bytes of hex'),
        maxTicketEv: wholeWei.transform(wei).optional(),
        maxTotalEv: wholeWei.transform(wei).optional(),
      })
      .optional(),
    realtime: z
      .strictObject({ modelId: z.string().min(1), params: z.record(z.string(), z.number()).default({}) })
      .optional(),
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
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`,
  )
  throw new GatewayConfigError(problems.join('; '))
}
