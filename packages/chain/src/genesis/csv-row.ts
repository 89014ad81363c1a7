/** @module One row of the list of accounts, read from its bytes: no text is made, as there are millions. */
import { keccak256 } from '@tessera/protocol/keccak'
import { GenesisCsvError } from './errors.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const ZERO = 0x30
const NINE = 0x39
const ADDRESS_TEXT_BYTES = 42
const MAX_BALANCE_DIGITS = 78

/** Value of a hexadecimal digit, or -1. */
const NIBBLE: Int8Array = nibbles()
const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x46
const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x66
const EMPTY = new Uint8Array(0)

export type RowShape = {
  readonly columns: 1 | 2
  /** The first line is a header. */
  readonly hasHeader: boolean
}

/** What the first line tells. @throws {GenesisCsvError} `header`, `encoding` */
export function shapeOf(firstLine: Uint8Array): RowShape {
  const text = String.fromCharCode(...firstLine)
    .replaceAll('"', '')
    .toLowerCase()
  if (text.startsWith('0x')) return { columns: text.includes(',') ? 2 : 1, hasHeader: false }
  if (text === 'address') return { columns: 1, hasHeader: true }
  if (text === 'address,balance' || text === 'address,amount') return { columns: 2, hasHeader: true }
  const isAscii = firstLine.every((byte) => byte >= 0x20 && byte < 0x7f)
  throw new GenesisCsvError(isAscii ? 'header' : 'encoding', 1, isAscii ? { found: text.slice(0, 40) } : {})
}

/**
 * Writes the account's 20 bytes to `account` and returns the decimal digits of the balance (none without the column),
 * a view on `line`.
 *
 * @throws {GenesisCsvError} with the line and what is wrong with it.
 */
export function readRow(
  line: Uint8Array,
  at: { readonly number: number; readonly columns: 1 | 2 },
  account: Uint8Array,
): Uint8Array {
  const comma = line.indexOf(COMMA)
  if (comma >= 0 !== (at.columns === 2) || (comma >= 0 && line.indexOf(COMMA, comma + 1) >= 0)) {
    throw new GenesisCsvError('columns', at.number, { wanted: at.columns })
  }
  readAddress(unquoted(comma < 0 ? line : line.subarray(0, comma), at.number), at.number, account)
  if (comma < 0) return EMPTY
  const balance = unquoted(line.subarray(comma + 1), at.number)
  const isNumber = balance.every((byte) => byte >= ZERO && byte <= NINE)
  const hasLeadingZero = balance.length > 1 && balance[0] === ZERO
  if (!isNumber || hasLeadingZero || balance.length === 0 || balance.length > MAX_BALANCE_DIGITS) {
    throw new GenesisCsvError('balance', at.number, {
      found: String.fromCharCode(...balance.subarray(0, 80)),
    })
  }
  return balance
}

/** True when the decimal digits `a` are a smaller number than `b`; neither has leading zeros. */
export function isLess(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return a.length < b.length
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at >= 0 && a[at]! < b[at]!
}

function unquoted(field: Uint8Array, line: number): Uint8Array {
  const first = field.indexOf(QUOTE)
  if (first < 0) return field
  const last = field.length - 1
  if (first !== 0 || last < 1 || field.indexOf(QUOTE, 1) !== last) throw new GenesisCsvError('quotes', line)
  return field.subarray(1, last)
}

function readAddress(text: Uint8Array, line: number, account: Uint8Array): void {
  if (text.length !== ADDRESS_TEXT_BYTES || text[0] !== ZERO || text[1] !== 0x78)
    throw notAnAddress(text, line)
  let uppers = 0
  let lowers = 0
  for (let i = 0; i < 20; i++) {
    const high = text[2 + 2 * i]!
    const low = text[3 + 2 * i]!
    const value = (NIBBLE[high]! << 4) | NIBBLE[low]!
    if (value < 0) throw notAnAddress(text, line)
    account[i] = value
    if (isUpper(high) || isUpper(low)) uppers++
    if (isLower(high) || isLower(low)) lowers++
  }
  if (uppers > 0 && lowers > 0 && !hasChecksum(text.subarray(2))) {
    throw new GenesisCsvError('checksum', line, { found: String.fromCharCode(...text) })
  }
}

function notAnAddress(text: Uint8Array, line: number): GenesisCsvError {
  const isAscii = text.every((byte) => byte >= 0x20 && byte < 0x7f)
  if (!isAscii) return new GenesisCsvError('encoding', line)
  return new GenesisCsvError('address', line, { found: String.fromCharCode(...text.subarray(0, 50)) })
}

/** EIP-55: a letter is upper case where the hash of the lower-case digits has a nibble of 8 or more. */
function hasChecksum(digits: Uint8Array): boolean {
  const hash = keccak256(digits.map((byte) => (isUpper(byte) ? byte + 0x20 : byte)))
  return digits.every((byte, i) => {
    const nibble = i % 2 === 0 ? hash[i >> 1]! >> 4 : hash[i >> 1]! & 15
    return byte <= NINE || isUpper(byte) === nibble >= 8
  })
}

function nibbles(): Int8Array {
  const table = new Int8Array(256).fill(-1)
  for (let i = 0; i < 10; i++) table[ZERO + i] = i
  for (let i = 0; i < 6; i++) table[0x41 + i] = table[0x61 + i] = 10 + i
  return table
}
