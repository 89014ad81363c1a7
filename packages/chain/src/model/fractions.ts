/** @module The three fixed-point scales of the protocol; their fractions are distinct types and cannot be mixed. */
import { panic } from './revert.ts'
import { checked } from './widths.ts'

declare const scale: unique symbol
type Fraction<Name extends string> = bigint & { readonly [scale]: Name }

/** Integer over 10^6: cuts, fee shares, penalties, the lock of a round, quorum and quota. */
export type Millionths = Fraction<'10^-6'>
/** Integer over 10^9: inflation and bonding rate. */
export type Billionths = Fraction<'10^-9'>
/** Integer over 10^27: cumulative factors (LIP-71) and the treasury's cut. Factors may exceed one. */
export type Rays = Fraction<'10^-27'>

/** Arithmetic of one scale. Multiplies first and truncates towards zero, as the contracts do. */
class Scale<F extends bigint> {
  /** The whole: 100 %, or factor 1. */
  readonly one: F

  constructor(one: F) {
    this.one = one
  }

  /** Names the unit of a number, without a check of its range. */
  of(value: bigint): F {
    // The one place where a plain number becomes a fraction of this scale.
    return value as F
  }

  /** At most the whole. */
  isShare(value: bigint): boolean {
    return value >= 0n && value <= this.one
  }

  /** `⌊part × one ÷ whole⌋`. @throws {Revert} Panic 0x12 when `whole` is 0, 0x11 beyond 256 bits on the way. */
  ratio(part: bigint, whole: bigint): F {
    if (whole === 0n) panic(0x12)
    return this.of(checked(part * this.one) / whole)
  }

  /** `⌊amount × share ÷ one⌋`. @throws {Revert} Panic 0x11 beyond 256 bits on the way. */
  shareOf(amount: bigint, share: F): bigint {
    return checked(amount * share) / this.one
  }

  /** The share `part ÷ whole` of `amount`. Truncates twice, first the ratio: amounts on chain are computed so. */
  shareOfRatio(amount: bigint, part: bigint, whole: bigint): bigint {
    return this.shareOf(amount, this.ratio(part, whole))
  }
}

export const millionths: Scale<Millionths> = new Scale((10n ** 6n) as Millionths)
export const billionths: Scale<Billionths> = new Scale((10n ** 9n) as Billionths)
export const rays: Scale<Rays> = new Scale((10n ** 27n) as Rays)
