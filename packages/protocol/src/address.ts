/** @module Ethereum addresses: checksummed once at the edge, compared without regard to case. */
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { keccak256 } from './keccak.ts'

export type Address = Hex

export const ZERO_ADDRESS: Address = '0x0000000000000000000000000000000000000000'

/** EIP-55 checksummed form of 20 bytes or of their hex text. */
export function address(value: Uint8Array | string): Address {
  const digits = (typeof value === 'string' ? value : toHex(value)).replace(/^0x/, '').toLowerCase()
  if (!/^[0-9a-f]{40}$/.test(digits)) throw new MalformedError('address', { length: digits.length })
  const hash = toHex(keccak256(new TextEncoder().encode(digits))).slice(2)
  const checksummed = [...digits].map((digit, i) =>
    Number.parseInt(hash[i]!, 16) >= 8 ? digit.toUpperCase() : digit,
  )
  return `0x${checksummed.join('')}`
}

/**
 * Whether 0x and 40 hex digits can be what was meant: all letters in one case, or in that of the checksum (EIP-55).
 * Anything else has a wrong digit somewhere.
 */
export function hasPlausibleCase(text: string): boolean {
  const digits = text.slice(2)
  return digits === digits.toLowerCase() || digits === digits.toUpperCase() || address(text) === text
}

export function addressBytes(value: Address): Uint8Array {
  return fromHex(value)
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
