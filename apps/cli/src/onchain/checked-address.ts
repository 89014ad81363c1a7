/** @module Addresses as people type them. */
import { type Address, address, hasPlausibleCase } from '@tessera/protocol/address'
import { UsageError } from './problems.ts'

/** @throws {UsageError} unless it is an address, with its checksum (EIP-55) if it has upper and lower case. */
export function checkedAddress(text: string): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) {
    throw new UsageError(`${text.slice(0, 60)} is not an address.`, 'An address is 0x and 40 hex digits.')
  }
  if (!hasPlausibleCase(text)) {
    throw new UsageError(
      `${text} does not have its checksum (EIP-55).`,
      'A digit may be wrong: copy the address again.',
    )
  }
  return address(text)
}
