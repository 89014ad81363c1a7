/** @module Numbers as people read them. Amounts stay bigint until the last digit is chosen. */

const UNIT = 10n ** 18n

/** `value` in 10^-18 as a decimal with `digits` after the point, rounded down, grouped. */
export function amount(value: string | bigint, digits = 4): string {
  const units = BigInt(value)
  const whole = units / UNIT
  const fraction = (units % UNIT).toString().padStart(18, '0').slice(0, digits)
  return digits === 0 ? whole.toLocaleString('en') : `${whole.toLocaleString('en')}.${fraction}`
}

/** Small sums of wei in the unit that keeps them readable, e.g. `1.25 mETH`. */
export function ether(value: string | bigint): string {
  const wei = BigInt(value)
  if (wei === 0n) return '0 ETH'
  const scales: readonly [bigint, string][] = [
    [10n ** 18n, 'ETH'],
    [10n ** 15n, 'mETH'],
    [10n ** 12n, 'µETH'],
    [10n ** 9n, 'gwei'],
  ]
  for (const [scale, name] of scales) {
    if (wei >= scale) return `${Number((wei * 100n) / scale) / 100} ${name}`
  }
  return `${wei} wei`
}

/** For a million pixels: the price in a size that can be compared. */
export function pricePerMegapixel(price: { readonly wei: string; readonly units: string }): string {
  return ether((BigInt(price.wei) * 1_000_000n) / BigInt(price.units))
}

/** A count with its noun, e.g. `1 ticket`, `2 tickets`. */
export function counted(value: number, noun: string): string {
  return `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`
}

export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`
}

export function milliseconds(value: number | undefined): string {
  if (value === undefined) return '–'
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`
}

export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts
    .filter((part, i) => i > 0 || part > 0)
    .map((part, i, all) => (i === 0 && all.length < 3 ? `${part}` : String(part).padStart(2, '0')))
    .join(':')
}
