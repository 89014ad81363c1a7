/** @module The price an orchestrator states: its own plus what redeeming tickets costs it. */
import type { Price } from '@tessera/protocol/price'
import type { Wei } from '@tessera/protocol/units'

/** Prices are stated in thousandths of a wei at the finest (go-livepeer's fixed point). */
const FINEST = 1000n

/**
 * `base × (1 + txCost ÷ faceValue)`, cut to thousandths and reduced: on average a share txCost/faceValue of what
 * tickets bring goes to the chain. 1 wei with a face value of 100 × the cost becomes 101/100. Below 0.001 wei it is 0.
 */
export function advertisedPrice(base: Price, faceValue: Wei, txCost: Wei): Price {
  const surcharged =
    faceValue === 0n ? base : { wei: base.wei * (faceValue + txCost), units: base.units * faceValue }
  return reduced({ wei: toFixed(surcharged), units: FINEST })
}

/** Thousandths of a wei per unit, rounded down. */
export function toFixed(price: Price): bigint {
  return (price.wei * FINEST) / price.units
}

/** The same price in lowest terms; zero is 0/1. */
export function reduced(price: Price): Price {
  const divisor = gcd(price.wei, price.units)
  return { wei: price.wei / divisor, units: price.units / divisor }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
