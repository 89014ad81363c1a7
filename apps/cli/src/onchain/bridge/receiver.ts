/** @module Who gets LPT on the other chain. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { UsageError } from '../problems.ts'
import type { ChainSession } from '../session.ts'

/** Who signs, unless another is named. @throws {UsageError} for the zero address, to which LPT does not pay. */
export async function receiver(session: ChainSession, given: string | undefined): Promise<Address> {
  const to = await session.address(given)
  if (!sameAddress(to, ZERO_ADDRESS)) return to
  throw new UsageError('Nobody can receive LPT at the zero address.', 'Name the receiver: --to ADDRESS.')
}
