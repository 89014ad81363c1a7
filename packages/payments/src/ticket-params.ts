/** @module How large an orchestrator's tickets are and how often they win. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { TicketParams } from '@tessera/protocol/ticket'
import { blockNumber, MAX_UINT256, type Wei, type WinProb, wei, winProb } from '@tessera/protocol/units'
import { recipientRandHash } from '@tessera/protocol/wire/ticket-hash'
import type { Work } from './payee.ts'
import type { ChainView } from './ports.ts'
import { recipientRand } from './recipient-rand.ts'

export type TicketPolicy = {
  /** What one ticket is worth on average. */
  readonly ticketEv: Wei
  /** A winning ticket shall pay this many times what redeeming it costs. */
  readonly txCostMultiplier: bigint
  /** No ticket pays more. */
  readonly maxFaceValue?: Wei
  /** Parameters are accepted for so many L1 blocks. */
  readonly expirationBlocks: bigint
  /** Adds the share of redemption costs to the price. */
  readonly addsRedemptionCost: boolean
}

/** go-livepeer's defaults. */
export const DEFAULT_TICKET_POLICY: TicketPolicy = {
  ticketEv: wei(8_000_000_000n),
  txCostMultiplier: 100n,
  expirationBlocks: 40n,
  addsRedemptionCost: true,
}

export type FaceValue =
  | { readonly kind: 'chosen'; readonly faceValue: Wei }
  /** The sender's funds allow no ticket that is worth redeeming. */
  | { readonly kind: 'insufficient-sender-reserve'; readonly largest: Wei }

/**
 * `txCost × multiplier`, or `EV × multiplier` when that is less than the EV, but at most what the sender's funds and
 * the policy allow. Refused unless above the EV (a sender refuses it otherwise) and not below the cost of redeeming.
 */
export function chooseFaceValue(
  now: { readonly txCost: Wei; readonly maxFloat: Wei },
  policy: TicketPolicy,
): FaceValue {
  const fromCost = now.txCost * policy.txCostMultiplier
  const wanted = wei(fromCost < policy.ticketEv ? policy.ticketEv * policy.txCostMultiplier : fromCost)
  const largest = smaller(smaller(wanted, now.maxFloat), policy.maxFaceValue ?? wanted)
  const isWorthIt = largest > policy.ticketEv && largest >= now.txCost
  return isWorthIt ? { kind: 'chosen', faceValue: largest } : { kind: 'insufficient-sender-reserve', largest }
}

/**
 * Probability that makes a ticket of `faceValue` worth `ev`: `ev × ⌈max ÷ faceValue⌉`. Bit for bit go-livepeer's, which
 * rounds up only when the low 64 bits of the remainder are not all zero.
 */
export function chooseWinProb(faceValue: Wei, ev: Wei): WinProb {
  if (faceValue === 0n) return winProb(0n)
  if (faceValue === ev) return winProb(MAX_UINT256)
  const quotient = MAX_UINT256 / faceValue
  const roundsUp = BigInt.asUintN(64, MAX_UINT256 % faceValue) !== 0n
  return winProb(ev * (roundsUp ? quotient + 1n : quotient))
}

/** Parameters for one quote. The random number behind their hash is derived again when a ticket comes. */
export function makeTicketParams(
  own: { readonly recipient: Address; readonly secret: Uint8Array; readonly policy: TicketPolicy },
  quote: {
    readonly work: Work
    readonly price: Price
    readonly faceValue: Wei
    /** 256 random bits. */
    readonly seed: bigint
    readonly view: ChainView
  },
): TicketParams {
  const { work, price, faceValue, seed, view } = quote
  const { sender, purpose } = work
  const params = {
    faceValue,
    winProb: chooseWinProb(faceValue, own.policy.ticketEv),
    seed,
    expirationBlock: blockNumber(view.l1Block + own.policy.expirationBlocks),
    expirationParams: {
      creationRound: view.lastInitializedRound,
      creationRoundBlockHash: view.lastInitializedBlockHash,
    },
  }
  const rand = recipientRand(own.secret, { sender, params, price, purpose })
  return { recipient: own.recipient, recipientRandHash: recipientRandHash(rand), ...params }
}

function smaller(a: Wei, b: Wei): Wei {
  return b < a ? b : a
}
