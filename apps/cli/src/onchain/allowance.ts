/** @module The allowance that a contract needs to take tokens of an account. */
import type { TransactionCall } from '@tessera/chain/transaction-call'
import type { Address } from '@tessera/protocol/address'
import type { Step } from './plan.ts'

/** Amounts in the token's smallest unit. */
type Token = {
  allowance(owner: Address, spender: Address): Promise<bigint>
  approve(spender: Address, amount: bigint): TransactionCall
}

/** Allows exactly `amount`, and only if less is allowed yet. */
export async function allow(
  token: Token,
  grant: {
    readonly owner: Address
    readonly spender: Address
    readonly amount: bigint
    /** For people: who may do what. */
    readonly says: string
  },
): Promise<readonly Step[]> {
  const { owner, spender, amount, says } = grant
  if ((await token.allowance(owner, spender)) >= amount) return []
  return [{ call: token.approve(spender, amount), says }]
}
