/** @module Tells that an address holds another contract than the one that was looked for. */
import { BaseError } from '@tessera/runtime/errors'

const CODES: readonly string[] = ['CHAIN_REVERTED', 'CHAIN_CONTRACT_MISSING', 'GENESIS_OTHER_MINE']

/** False for a chain that does not answer: nothing is known then. */
export function isOtherContract(error: unknown): boolean {
  return BaseError.isInstance(error) && CODES.includes(error.code)
}
