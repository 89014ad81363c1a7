/** @module Prices as rationals and the fees that follow from them. */
import { type Pixels, type Wei, wei } from './units.ts'

/** `wei ÷ units` per unit of work (a pixel for transcoding). `units` > 0. */
export type Price = { readonly wei: bigint; readonly units: bigint }

/** Fee for `work` units, rounded up: the payee never gets less than the price. */
export function feeOf(price: Price, work: Pixels): Wei {
  return wei((price.wei * work + price.units - 1n) / price.units)
}

/** Negative, zero or positive as `a` is cheaper than, equal to or dearer than `b`. */
export function comparePrices(a: Price, b: Price): number {
  const left = a.wei * b.units
  const right = b.wei * a.units
  return left < right ? -1 : left > right ? 1 : 0
}
