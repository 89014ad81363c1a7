/** @module The options that orchestrators describe themselves with. */
import { formatPercent } from '../amounts.ts'
import { UsageError } from '../problems.ts'

export type OrchestratorOptions = {
  readonly serviceUri?: string
  /** In 10^-6. */
  readonly rewardCut?: bigint
  /** In 10^-6. */
  readonly feeShare?: bigint
}

const MAX_URI_LENGTH = 255

/** The URI that gateways dial. @throws {UsageError} unless it is one of https with a host. */
export function checkedServiceUri(uri: string): string {
  const isUrl = URL.canParse(uri) && new URL(uri).protocol === 'https:' && new URL(uri).hostname !== ''
  if (isUrl && uri.length <= MAX_URI_LENGTH) return uri
  throw new UsageError(
    `${uri} is no address that a gateway could dial.`,
    'Give one like https://node.example:8935',
  )
}

export function commissionText(rewardCut: bigint, feeShare: bigint): string {
  return `keep ${formatPercent(rewardCut)} of rewards, give delegators ${formatPercent(feeShare)} of fees`
}
