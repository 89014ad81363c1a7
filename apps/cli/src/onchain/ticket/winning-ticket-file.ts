/** @module Winning tickets as JSON, one or a list: what `tessera ticket redeem` reads. */
import { readFileSync, statSync } from 'node:fs'
import { address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import { MAX_UINT256, round, wei, winProb } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { UsageError } from '../problems.ts'

const MAX_BYTES = 1024 * 1024
const MAX_TICKETS = 100

/**
 * Each has the ticket's fields `recipient`, `sender`, `faceValue`, `winProb`, `senderNonce`, `recipientRandHash`,
 * `creationRound`, `creationRoundBlockHash`, and `signature` and `recipientRand`. Numbers are decimal or 0x text, or
 * JSON numbers where they are exact.
 * @throws {UsageError} naming what is wrong.
 */
export function readWinningTickets(file: string): readonly WinningTicket[] {
  const content = readJson(file)
  const list: readonly unknown[] = Array.isArray(content) ? content : [content]
  if (list.length === 0 || list.length > MAX_TICKETS) {
    throw new UsageError(`${file} holds ${list.length} tickets; give 1 to ${MAX_TICKETS}.`)
  }
  return list.map((entry, k) => parseTicket(entry, list.length > 1 ? `ticket ${k + 1}` : 'the ticket'))
}

function readJson(file: string): unknown {
  try {
    if (statSync(file).size > MAX_BYTES) throw new Error('it is larger than 1 MiB')
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : error}.`)
  }
}

function parseTicket(entry: unknown, what: string): WinningTicket {
  if (typeof entry !== 'object' || entry === null) throw new UsageError(`${what} is not a JSON object.`)
  const fields: Readonly<Record<string, unknown>> = { ...entry }
  const hex = (name: string, bytes: number): Hex => {
    const value = fields[name]
    if (typeof value === 'string' && new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`).test(value))
      return value as Hex
    throw new UsageError(`${name} of ${what} must be 0x and ${2 * bytes} hex digits.`)
  }
  const integer = (name: string, max = MAX_UINT256): bigint => {
    const value = fields[name]
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
    const isNumber = typeof text === 'string' && /^(\d{1,78}|0x[0-9a-fA-F]{1,64})$/.test(text)
    if (isNumber && BigInt(text) <= max) return BigInt(text)
    throw new UsageError(`${name} of ${what} must be a whole number, as decimal text.`)
  }
  return {
    ticket: {
      recipient: address(hex('recipient', 20)),
      sender: address(hex('sender', 20)),
      faceValue: wei(integer('faceValue')),
      winProb: winProb(integer('winProb')),
      senderNonce: Number(integer('senderNonce', BigInt(Number.MAX_SAFE_INTEGER))),
      recipientRandHash: hex('recipientRandHash', 32),
      creationRound: round(integer('creationRound')),
      creationRoundBlockHash: hex('creationRoundBlockHash', 32),
    },
    signature: hex('signature', 65),
    recipientRand: integer('recipientRand'),
  }
}
