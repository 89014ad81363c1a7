/** @module Who asks for work, and may he: the headers of `/segment`, `/payment` and `/live-video-to-video`. */
import type { Address } from '@tessera/protocol/address'
import type { AuthToken } from '@tessera/protocol/auth-token'
import { type Capabilities, isCompatible } from '@tessera/protocol/capabilities'
import type { SegmentOrder } from '@tessera/protocol/segment-order'
import type { Payment } from '@tessera/protocol/ticket'
import { checkAuthToken } from '@tessera/protocol/wire/auth-token'
import { WIRE_ERRORS, type WireErrorCode } from '@tessera/protocol/wire/error-codes'
import { fromBase64, PAYMENT_HEADER, SEGMENT_HEADER } from '@tessera/protocol/wire/headers'
import { MAX_SEGMENT_ORDER_BYTES } from '@tessera/protocol/wire/limits'
import { decodePaymentHeader } from '@tessera/protocol/wire/payment'
import { decodeSegmentOrder } from '@tessera/protocol/wire/segment-order'
import { segmentOrderHash } from '@tessera/protocol/wire/signatures'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import { HttpRefusal, type HttpRequest, header } from '../rpc/http-message.ts'
import type { SignatureCheck } from './ports.ts'

export type Credentials = {
  readonly sender: Address
  readonly payment: Payment
  readonly order: SegmentOrder
  readonly authToken: AuthToken
}

export type CredentialsDeps = {
  readonly authSecret: Uint8Array
  readonly isSignedBy: SignatureCheck
  readonly clock: Clock
  /** Of this node, now. */
  readonly capabilities: () => Capabilities
}

/**
 * Tested in go-livepeer's order: payment header (402), then order, signature, capabilities, token (403).
 * @throws {HttpRefusal}
 */
export function checkCredentials(request: HttpRequest, deps: CredentialsDeps): Credentials {
  const payment = refusing(402, () => decodePaymentHeader(header(request, PAYMENT_HEADER)))
  const order = readOrder(request)
  const { sender } = payment
  if (!deps.isSignedBy(sender, segmentOrderHash(order), order.signature))
    throw wireRefusal('bad-segment-signature')
  if (order.capabilities && !isCompatible(order.capabilities, deps.capabilities())) {
    throw wireRefusal('incompatible-capabilities')
  }
  const nowSeconds = deps.clock.nowMs() / 1000
  const token = checkAuthToken(deps.authSecret, order.authToken, { sender, nowSeconds })
  if (token !== 'ok' || !order.authToken) throw wireRefusal(token === 'ok' ? 'missing-auth-token' : token)
  return { sender, payment, order, authToken: order.authToken }
}

/** A refusal with the text and status that go-livepeer has for it. */
export function wireRefusal(code: WireErrorCode): HttpRefusal {
  return new HttpRefusal(WIRE_ERRORS[code].httpStatus, WIRE_ERRORS[code].text)
}

function readOrder(request: HttpRequest): SegmentOrder {
  let bytes: Uint8Array
  try {
    bytes = fromBase64(header(request, SEGMENT_HEADER) ?? '', MAX_SEGMENT_ORDER_BYTES, 'segment header')
  } catch {
    throw wireRefusal('bad-segment-header')
  }
  return refusing(403, () => decodeSegmentOrder(bytes))
}

function refusing<T>(status: number, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new HttpRefusal(status, describeError(error), error)
  }
}
