/** @module Amounts as people write them, exact: no floating point anywhere. */
import { type Lpt, lpt, type Wei, wei } from '@tessera/protocol/units'
import { InvalidArgumentError } from 'commander'
import { UsageError } from './problems.ts'

const DECIMALS = 18
const MAX_WHOLE_DIGITS = 30
/** That an ERC-20 can have. */
const MAX_DECIMALS = 255

/** An amount, or all there is. */
export type AmountOrMax<T> = T | 'max'

/** `10`, `0.5`, `.5` and `1_000.25`; refuses signs, exponents, commas and more digits than the unit has. */
export function parseUnits(text: string, decimals: number = DECIMALS): bigint {
  const digits = /^(\d{1,3}(?:_\d{3})+|\d*)(?:\.(\d+))?$/.exec(text)
  const [, whole = '', fraction = ''] = digits ?? []
  if (!digits || whole + fraction === '') {
    throw new InvalidArgumentError('Write an amount like 10 or 0.5 (no sign, exponent, comma or unit).')
  }
  if (fraction.length > decimals) {
    throw new InvalidArgumentError(`At most ${decimals} digits can follow the point.`)
  }
  const plain = whole.replaceAll('_', '')
  if (plain.length > MAX_WHOLE_DIGITS) throw new InvalidArgumentError('The amount is too large.')
  return BigInt(plain + fraction.padEnd(decimals, '0'))
}

/** `parseUnits` with the name of the option in its complaint. @throws {UsageError} */
export function parseAmount(text: string, option: string, decimals: number): bigint {
  try {
    return parseUnits(text, decimals)
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : error}`)
  }
}

/** Of a money whose decimals are known later: only the form is checked. */
export function amountText(text: string): string {
  parseUnits(text, MAX_DECIMALS)
  return text
}

export const parseLpt = (text: string): Lpt => lpt(parseUnits(text))
export const parseEth = (text: string): Wei => wei(parseUnits(text))
export const parseLptOrMax = (text: string): AmountOrMax<Lpt> => (text === 'max' ? 'max' : parseLpt(text))
export const parseEthOrMax = (text: string): AmountOrMax<Wei> => (text === 'max' ? 'max' : parseEth(text))

/** Percent as people write it (`10`, `12.5`) in millionths; 0 to 100 with at most four digits after the point. */
export function parsePercent(text: string): bigint {
  const value = parseUnits(text, 4)
  if (value > 1_000_000n) throw new InvalidArgumentError('A percentage is from 0 to 100.')
  return value
}

/** Exact, without trailing zeros: `1234.5`. */
export function formatUnits(value: bigint, decimals: number = DECIMALS): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

export const formatLpt = (value: bigint): string => `${formatUnits(value)} LPT`
export const formatEth = (value: bigint): string => `${formatUnits(value)} ETH`
/** With four digits that say something, rounded up: for costs, which nobody copies. */
export function formatEthShort(value: bigint): string {
  const scale = 10n ** BigInt(Math.max(0, String(value).length - 4))
  return formatEth(((value + scale - 1n) / scale) * scale)
}

/** LPT to four digits after the point, rounded down: for lists, where the exact amount is in the way. */
export function formatLptShort(value: bigint): string {
  const scale = 10n ** BigInt(DECIMALS - 4)
  return formatLpt((value / scale) * scale)
}

/** Of millionths. */
export const formatPercent = (value: bigint): string => `${formatUnits(value, 4)} %`
