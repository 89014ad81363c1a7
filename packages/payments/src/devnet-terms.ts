/** @module Terms of payment on the development network: a redemption is seen within twenty seconds of video. */
import type { Price } from '@tessera/protocol/price'
import { wei } from '@tessera/protocol/units'
import type { SenderLimits } from './sender-checks.ts'
import type { TicketPolicy } from './ticket-params.ts'

/**
 * One ticket in three wins. A win pays about ten times what redeeming it costs at 1 to 2 gwei, and parameters expire
 * after 6 blocks of a second, so that wins are redeemed soon.
 */
export const DEVNET_TICKET_POLICY: TicketPolicy = {
  ticketEv: wei(2_000_000_000_000_000n),
  txCostMultiplier: 100n,
  maxFaceValue: wei(6_000_000_000_000_000n),
  expirationBlocks: 6n,
  addsRedemptionCost: true,
}

/** A hundred tickets in a payment: the first minute of real-time work fits. */
export const DEVNET_SENDER_LIMITS: SenderLimits = {
  maxTicketEv: wei(10_000_000_000_000_000n),
  maxTotalEv: wei(200_000_000_000_000_000n),
  depositMultiplier: 1n,
  staleBlocks: 2n,
}

/** Per pixel: two seconds of the default ladder at 30 frames a second, 94 Mpx, cost about four tickets. */
export const DEVNET_PRICE: Price = { wei: 80_000_000n, units: 1n }
