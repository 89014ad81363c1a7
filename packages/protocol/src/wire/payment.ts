/** @module Payment <-> its message and header. */
import { create, toBinary } from '@bufbuild/protobuf'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { address, addressBytes, ZERO_ADDRESS } from '../address.ts'
import { PaymentSchema, type Payment as WirePayment } from '../gen/net/payment_pb.ts'
import type { Payment } from '../ticket.ts'
import { atMost, exactly, parseMessage } from './fields.ts'
import { fromBase64, toBase64 } from './headers.ts'
import { MAX_PAYMENT_BYTES, MAX_TICKETS_PER_PARAMS } from './limits.ts'
import { priceFromWire, priceToWire } from './price-info.ts'
import { expirationToWire, ticketParamsFromWire, ticketParamsToWire } from './ticket-params.ts'

/** A payment that says nothing: what an off-chain gateway sends, as an empty header. */
export const NO_PAYMENT: Payment = { sender: ZERO_ADDRESS, tickets: [] }

export function encodePaymentHeader(payment: Payment): string {
  return payment === NO_PAYMENT ? '' : toBase64(encodePayment(payment))
}

/** A missing header is an empty payment. @throws {MalformedError} */
export function decodePaymentHeader(header: string | undefined): Payment {
  return decodePayment(fromBase64(header ?? '', MAX_PAYMENT_BYTES, 'payment header'))
}

export function encodePayment(payment: Payment): Uint8Array {
  const params = payment.ticketParams
  return toBinary(
    PaymentSchema,
    create(PaymentSchema, {
      sender: addressBytes(payment.sender),
      ...(params && {
        ticketParams: ticketParamsToWire(params, 'payment'),
        expirationParams: expirationToWire(params.expirationParams),
      }),
      ticketSenderParams: payment.tickets.map((ticket) => ({
        senderNonce: ticket.senderNonce,
        sig: fromHex(ticket.signature),
      })),
      ...(payment.expectedPrice && { expectedPrice: priceToWire(payment.expectedPrice) }),
    }),
  )
}

/** @throws {MalformedError} also for tickets without their parameters and parameters without a sender. */
export function decodePayment(bytes: Uint8Array): Payment {
  const message = parseMessage(PaymentSchema, bytes, MAX_PAYMENT_BYTES)
  const tickets = atMost(message.ticketSenderParams, MAX_TICKETS_PER_PARAMS, 'list of tickets')
  return {
    sender:
      message.sender.length === 0 ? ZERO_ADDRESS : address(exactly(message.sender, 20, 'payment sender')),
    ...ticketParamsOf(message),
    tickets: tickets.map((ticket) => ({
      senderNonce: ticket.senderNonce,
      signature: toHex(exactly(ticket.sig, 65, 'ticket signature')),
    })),
    ...(message.expectedPrice && { expectedPrice: priceFromWire(message.expectedPrice) }),
  }
}

function ticketParamsOf(message: WirePayment): Pick<Payment, 'ticketParams'> {
  if (!message.ticketParams) {
    if (message.ticketSenderParams.length > 0) throw new MalformedError('payment: tickets without parameters')
    return {}
  }
  if (message.sender.length === 0) throw new MalformedError('payment: tickets without a sender')
  if (!message.expirationParams) throw new MalformedError('payment: parameters without expiration parameters')
  return { ticketParams: ticketParamsFromWire(message.ticketParams, message.expirationParams) }
}
