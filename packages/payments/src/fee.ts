/** @module What a segment will cost, as a gateway must assume before it is transcoded. */
import type { Price } from '@tessera/protocol/price'
import type { Profile } from '@tessera/protocol/profile'
import { type DurationMs, type Wei, wei } from '@tessera/protocol/units'

/** Frame rate assumed where the source's frames are kept. */
const UNKNOWN_FPS = 60
/** go-livepeer's margin of 2 %: the float64 nearest to 1.02, exactly. */
const MARGIN = { numerator: 4593671619917906n, denominator: 1n << 52n }

/** `Σ width × height × ⌈fps⌉ × ⌈seconds⌉` over the profiles: go-livepeer's estimate without its margin. */
export function estimatePixels(
  profiles: readonly Pick<Profile, 'width' | 'height' | 'fps'>[],
  duration: DurationMs,
): bigint {
  const seconds = BigInt(Math.ceil(duration / 1000))
  return profiles.reduce((total, { width, height, fps }) => {
    const framesPerSecond = fps ? Math.ceil(fps.numerator / fps.denominator) : UNKNOWN_FPS
    return total + BigInt(width) * BigInt(height) * BigInt(framesPerSecond) * seconds
  }, 0n)
}

/** Fee to have in hand before a segment is sent, rounded up. 19 958 400 px at 1 wei: 20 357 568 wei. */
export function estimateFee(
  profiles: readonly Pick<Profile, 'width' | 'height' | 'fps'>[],
  duration: DurationMs,
  price: Price,
): Wei {
  const numerator = estimatePixels(profiles, duration) * MARGIN.numerator * price.wei
  const denominator = MARGIN.denominator * price.units
  return wei((numerator + denominator - 1n) / denominator)
}
