/** @module What an operator sets for a relayer. */
import { BaseError } from '@tessera/runtime/errors'
import { z } from 'zod'
import { settingsProblems } from '../settings-problems.ts'

const end = (chain: string) =>
  z
    .strictObject({
      rpcUrl: z.url({ protocol: /^https?$/ }).describe(`JSON-RPC endpoint of ${chain}, a development node.`),
      controller: z
        .string()
        .regex(/^0x[0-9a-fA-F]{40}$/)
        .describe(`Address of the Controller on ${chain}; it knows the contracts of the bridge.`),
    })
    .describe(`Where ${chain} is.`)

export type RelayerEnd = { readonly rpcUrl: string; readonly controller: string }

/** Exported for the reference in docs/. */
export const relayerSettings: z.ZodType<RelayerConfig, unknown> = z.strictObject({
  l1: end('L1'),
  l2: end('L2'),
  privateKey: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/)
    .describe('Key of the account that the contracts of the bridge know as the relayer.'),
  confirmations: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .describe('Blocks that must hold a message before it is carried over; 1 trusts the newest block.'),
  pollMs: z.int().min(10).default(500).describe('Pause between looks at the chains, in ms.'),
})

/** See the schema for what each field means. */
export type RelayerConfig = {
  readonly l1: RelayerEnd
  readonly l2: RelayerEnd
  readonly privateKey: string
  readonly confirmations: number
  readonly pollMs: number
}

/** Wrong settings: says which and why. */
export class RelayerConfigError extends BaseError {
  constructor(problems: string) {
    super({
      code: 'RELAYER_CONFIG',
      message: `The settings of the relayer are not right: ${problems}.`,
      advice: 'Correct them; docs/reference/config.md lists all settings.',
    })
  }
}

/** @throws {RelayerConfigError} */
export function parseRelayerConfig(settings: unknown): RelayerConfig {
  const parsed = relayerSettings.safeParse(settings, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new RelayerConfigError(settingsProblems(parsed.error))
}
