/** @module What a gateway insists on before it makes tickets. */
import type { TicketParams } from '@tessera/protocol/ticket'
import { MAX_UINT256, type Wei, wei } from '@tessera/protocol/units'
import { ticketValue, weiToCredit } from './credit.ts'
import { PaymentError } from './payment-error.ts'
import type { ChainView, SenderInfo } from './ports.ts'
import { unlocksSoon } from './sender-monitor.ts'

export type SenderLimits = {
  /** One ticket may be worth at most this. */
  readonly maxTicketEv: Wei
  /** The tickets of one payment may be worth at most this. */
  readonly maxTotalEv: Wei
  /** No face value above deposit ÷ this. */
  readonly depositMultiplier: bigint
  /** A quote with so many blocks or fewer to go counts as stale: the payment must still reach the orchestrator. */
  readonly staleBlocks: bigint
}

/** go-livepeer's defaults, with one block more of margin before a quote counts as stale. */
export const DEFAULT_SENDER_LIMITS: SenderLimits = {
  maxTicketEv: wei(3_000_000_000_000n),
  maxTotalEv: wei(20_000_000_000_000n),
  depositMultiplier: 1n,
  staleBlocks: 2n,
}

/** Parameters with so many blocks or fewer to go are expired for a sender (go-livepeer's rule). */
const EXPIRED_BLOCKS = 1n

/** In go-livepeer's order. @throws {PaymentError} */
export function checkTickets(
  tickets: { readonly params: TicketParams; readonly count: number },
  now: { readonly view: ChainView; readonly funds: SenderInfo },
  limits: SenderLimits,
): void {
  checkParams(tickets.params, now.view, limits)
  checkFunds(now.funds, now.view)
  checkAmounts(tickets, now.funds, limits)
}

function checkParams(params: TicketParams, { l1Block }: ChainView, limits: SenderLimits): void {
  const { expirationBlock, faceValue } = params
  if (expirationBlock - l1Block <= EXPIRED_BLOCKS) {
    throw new PaymentError('PAYMENT_PARAMS_EXPIRED', 'The ticket parameters are expired.', {
      expirationBlock,
      l1Block,
    })
  }
  const value = ticketValue(params)
  if (value >= weiToCredit(faceValue)) {
    throw new PaymentError('PAYMENT_FACE_VALUE_TOO_LOW', 'A ticket is worth as much as it can pay.', {
      faceValue,
    })
  }
  if (value > weiToCredit(limits.maxTicketEv)) {
    throw new PaymentError('PAYMENT_TICKET_EV_TOO_HIGH', 'A ticket is worth more than allowed.', {
      ev: value / MAX_UINT256,
      max: limits.maxTicketEv,
    })
  }
}

function checkFunds(funds: SenderInfo, view: ChainView): void {
  if (unlocksSoon(funds, view.currentRound)) {
    throw new PaymentError('PAYMENT_SENDER_UNLOCKING', 'Deposit and reserve are set to unlock soon.', {
      withdrawRound: funds.withdrawRound,
    })
  }
  if (funds.reserve === 0n) {
    throw new PaymentError('PAYMENT_NO_RESERVE', 'The gateway has no reserve on chain.')
  }
  if (funds.deposit === 0n) {
    throw new PaymentError('PAYMENT_NO_DEPOSIT', 'The gateway has no deposit on chain.')
  }
}

function checkAmounts(
  { params, count }: { readonly params: TicketParams; readonly count: number },
  funds: SenderInfo,
  limits: SenderLimits,
): void {
  const total = ticketValue(params) * BigInt(count)
  if (total > weiToCredit(limits.maxTotalEv)) {
    throw new PaymentError(
      'PAYMENT_TOTAL_EV_TOO_HIGH',
      'The tickets of the payment are worth more than allowed.',
      { ev: total / MAX_UINT256, tickets: count, max: limits.maxTotalEv },
    )
  }
  const maxFaceValue = funds.deposit / limits.depositMultiplier
  if (params.faceValue > maxFaceValue) {
    throw new PaymentError('PAYMENT_FACE_VALUE_TOO_HIGH', 'A winning ticket could take more than allowed.', {
      faceValue: params.faceValue,
      max: maxFaceValue,
    })
  }
}
