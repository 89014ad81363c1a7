/** @module What work costs here, before the surcharge for redeeming tickets. */
import type { Account, Work } from '@tessera/payments/payee'
import { CAPABILITY, type Capabilities, hasCapability } from '@tessera/protocol/capabilities'
import type { Price } from '@tessera/protocol/price'

/** What a quote is for. Tickets quoted for one purpose do not pay for another. */
export type Purpose = 'transcode' | `live-video-to-video/${string}`

/** The first live model asked for decides; everything else is transcoding. */
export function purposeOf(wanted: Capabilities | undefined): Purpose {
  if (!wanted || !hasCapability(wanted.bits, CAPABILITY.liveVideoToVideo)) return 'transcode'
  const [model] = wanted.models.get(CAPABILITY.liveVideoToVideo)?.keys() ?? []
  return model === undefined ? 'transcode' : `live-video-to-video/${model}`
}

/** The model of a live purpose. */
export function modelOf(purpose: Purpose): string | undefined {
  return purpose === 'transcode' ? undefined : purpose.slice('live-video-to-video/'.length)
}

export class Pricing {
  readonly #transcoding: Price
  readonly #live: ReadonlyMap<string, Price>

  constructor(config: { readonly price: Price; readonly livePrices: Readonly<Record<string, Price>> }) {
    this.#transcoding = config.price
    this.#live = new Map(Object.entries(config.livePrices))
  }

  /** Per pixel. */
  priceOf(purpose: Purpose): Price {
    const model = modelOf(purpose)
    return (model !== undefined ? this.#live.get(model) : undefined) ?? this.#transcoding
  }

  /** What `payee` is asked about: whose account, for what, at which price today. */
  work(account: Account, purpose: Purpose): Work {
    return { ...account, purpose, basePrice: this.priceOf(purpose) }
  }
}
