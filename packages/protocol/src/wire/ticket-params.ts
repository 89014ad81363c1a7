/** @module TicketParams and TicketExpirationParams <-> their messages. */
import { create } from '@bufbuild/protobuf'
import { bigintToMinimalBytes, fromHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { address, addressBytes } from '../address.ts'
import {
  TicketExpirationParamsSchema,
  TicketParamsSchema,
  type TicketExpirationParams as WireExpiration,
  type TicketParams as WireParams,
} from '../gen/net/payment_pb.ts'
import type { TicketExpirationParams, TicketParams } from '../ticket.ts'
import { blockNumber, round, wei, winProb } from '../units.ts'
import { exactly, hex32, uint256 } from './fields.ts'

/** What a quote without expiration parameters counts as; the sender then fills in its own view of the chain. */
export const NO_EXPIRATION: TicketExpirationParams = {
  creationRound: round(0n),
  creationRoundBlockHash: `0x${'00'.repeat(32)}`,
}

/** `place`: in a quote the message holds its expiration parameters, in a payment they stand beside it. */
export function ticketParamsToWire(params: TicketParams, place: 'quote' | 'payment'): WireParams {
  return create(TicketParamsSchema, {
    recipient: addressBytes(params.recipient),
    faceValue: bigintToMinimalBytes(params.faceValue),
    winProb: bigintToMinimalBytes(params.winProb),
    recipientRandHash: fromHex(params.recipientRandHash),
    seed: bigintToMinimalBytes(params.seed),
    expirationBlock: bigintToMinimalBytes(params.expirationBlock),
    ...(place === 'quote' && { expirationParams: expirationToWire(params.expirationParams) }),
  })
}

/** @throws {MalformedError} */
export function ticketParamsFromWire(
  message: WireParams,
  expiration: WireExpiration | undefined,
): TicketParams {
  return {
    recipient: address(exactly(message.recipient, 20, 'ticket recipient')),
    faceValue: wei(uint256(message.faceValue, 'ticket face value')),
    winProb: winProb(uint256(message.winProb, 'ticket win probability')),
    recipientRandHash: hex32(message.recipientRandHash, 'ticket recipientRandHash'),
    seed: uint256(message.seed, 'ticket seed'),
    expirationBlock: blockNumber(uint256(message.expirationBlock, 'ticket expiration block')),
    expirationParams: expiration ? expirationFromWire(expiration) : NO_EXPIRATION,
  }
}

export function expirationToWire(params: TicketExpirationParams): WireExpiration {
  return create(TicketExpirationParamsSchema, {
    creationRound: params.creationRound,
    creationRoundBlockHash: fromHex(params.creationRoundBlockHash),
  })
}

function expirationFromWire(message: WireExpiration): TicketExpirationParams {
  if (message.creationRound < 0n) throw new MalformedError('ticket creation round')
  const hash = message.creationRoundBlockHash
  return {
    creationRound: round(message.creationRound),
    creationRoundBlockHash:
      hash.length === 0
        ? NO_EXPIRATION.creationRoundBlockHash
        : hex32(hash, 'ticket creation round block hash'),
  }
}
