/** @module The allowance that bonding takes. */
import type { Address } from '@tessera/protocol/address'
import type { Lpt } from '@tessera/protocol/units'
import { allow } from '../allowance.ts'
import { formatLpt } from '../amounts.ts'
import type { Step } from '../plan.ts'
import type { ChainSession } from '../session.ts'

/** Exactly what is needed, and only if less is approved yet. */
export async function approval(
  session: ChainSession,
  account: Address,
  amount: Lpt,
): Promise<readonly Step[]> {
  const { token, bondingManager } = await session.contracts()
  const says = `allow the BondingManager to take ${formatLpt(amount)}`
  return allow(token, { owner: account, spender: bondingManager.address, amount, says })
}
