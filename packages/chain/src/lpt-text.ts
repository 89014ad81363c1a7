/** @module Amounts of LPT in files that people write: exact decimals in text, "750000" or "0.5". */
import { formatUnits } from 'viem'

const DECIMALS = 18
/** Below 10^12 LPT, which is above any supply. */
const TEXT = /^(0|[1-9]\d{0,11})(?:\.(\d{1,18}))?$/

/** In wei; nothing for what is no such text. */
export function parseLptText(value: unknown): bigint | undefined {
  const [, whole, fraction = ''] = TEXT.exec(typeof value === 'string' ? value : '') ?? []
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(DECIMALS, '0'))
}

/** What `parseLptText` reads as this many wei. */
export const lptText = (wei: bigint): string => formatUnits(wei, DECIMALS)
