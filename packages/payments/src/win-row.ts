/** @module A winning ticket as a row of the SQLite store. */
import { address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import { blockNumber, round, wei, winProb } from '@tessera/protocol/units'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import type { StoredWin, WinState } from './ticket-store.ts'

/** JSON with bigints as decimal text. */
export function encodeWin(winning: WinningTicket): string {
  return JSON.stringify(winning, bigintAsText)
}

export function encodeWinState(state: WinState): string {
  return JSON.stringify(state, bigintAsText)
}

/** @throws {MalformedError} when the row is not one that this module wrote. */
export function decodeWin(row: Readonly<Record<string, unknown>>): StoredWin {
  const winning = fields(row.winning)
  const ticket = record(winning.ticket)
  return {
    hash: hexOf(row.hash),
    expirationBlock: blockNumber(bigintOf(row.expiration_block)),
    state: decodeState(fields(row.state)),
    winning: {
      ticket: {
        recipient: address(textOf(ticket.recipient)),
        sender: address(textOf(ticket.sender)),
        faceValue: wei(bigintOf(ticket.faceValue)),
        winProb: winProb(bigintOf(ticket.winProb)),
        senderNonce: Number(bigintOf(ticket.senderNonce)),
        recipientRandHash: hexOf(ticket.recipientRandHash),
        creationRound: round(bigintOf(ticket.creationRound)),
        creationRoundBlockHash: hexOf(ticket.creationRoundBlockHash),
      },
      signature: hexOf(winning.signature),
      recipientRand: bigintOf(winning.recipientRand),
    },
  }
}

function decodeState(state: Readonly<Record<string, unknown>>): WinState {
  const transaction = state.transaction === undefined ? {} : { transaction: hexOf(state.transaction) }
  switch (state.kind) {
    case 'won':
    case 'redeeming':
      return { kind: state.kind }
    case 'mined':
      return { kind: 'mined', sinceBlock: blockNumber(bigintOf(state.sinceBlock)), ...transaction }
    case 'final':
      return { kind: 'final', ...transaction }
    case 'lost':
      return { kind: 'lost', reason: textOf(state.reason) }
    default:
      throw new MalformedError('stored winning ticket: state')
  }
}

const bigintAsText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value

function fields(text: unknown): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(textOf(text)))
  } catch (cause) {
    throw new MalformedError('stored winning ticket', {}, cause)
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new MalformedError('stored winning ticket')
  return { ...value }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new MalformedError('stored winning ticket: text')
  return value
}

function bigintOf(value: unknown): bigint {
  const digits = String(value)
  if (!/^\d{1,78}$/.test(digits)) throw new MalformedError('stored winning ticket: number')
  return BigInt(digits)
}

function hexOf(value: unknown): Hex {
  return toHex(fromHex(textOf(value)))
}
