/** @module Price <-> PriceInfo. */
import { create } from '@bufbuild/protobuf'
import { MalformedError } from '@tessera/runtime/errors'
import { type PriceInfo, PriceInfoSchema } from '../gen/net/payment_pb.ts'
import type { Price } from '../price.ts'

const MAX_INT64 = (1n << 63n) - 1n

/** A fraction too large for int64 becomes whole wei, rounded down (in favour of the payer). @throws {MalformedError} when even that does not fit. */
export function priceToWire(price: Price): PriceInfo {
  const fits = price.wei <= MAX_INT64 && price.units <= MAX_INT64
  const [wei, units] = fits ? [price.wei, price.units] : [price.wei / price.units, 1n]
  if (wei > MAX_INT64) throw new MalformedError('price', { wei })
  return create(PriceInfoSchema, { pricePerUnit: wei, pixelsPerUnit: units })
}

/** Keeps the fraction as sent: a payment returns it to the bit. @throws {MalformedError} */
export function priceFromWire(info: PriceInfo): Price {
  if (info.pricePerUnit < 0n || info.pixelsPerUnit <= 0n) {
    throw new MalformedError('price', { wei: info.pricePerUnit, units: info.pixelsPerUnit })
  }
  return { wei: info.pricePerUnit, units: info.pixelsPerUnit }
}
