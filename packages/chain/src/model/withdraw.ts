/** @module Taking stake and fees out of the protocol, and claiming. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { claim } from './claims.ts'
import { checkpoint } from './facts.ts'
import { openRound } from './guards.ts'
import { payEth, payTokens } from './minter.ts'
import { revert } from './revert.ts'
import type { State } from './state.ts'
import { takeLock } from './unbond.ts'

export function withdrawStake(s: State, by: Address, lockId: bigint): void {
  const currentRound = openRound(s)
  const { amount, withdrawRound } = takeLock(s, by, lockId)
  if (withdrawRound > currentRound) revert('WithdrawRoundNotReached', { withdrawRound, currentRound })
  payTokens(s, by, amount)
  s.emit({
    name: 'WithdrawStake',
    args: { delegator: by, unbondingLockId: lockId, amount, withdrawRound },
  })
}

export function withdrawFees(s: State, by: Address, recipient: Address, amount: bigint): void {
  const round = openRound(s)
  claim(s, by, round)
  if (recipient === ZERO_ADDRESS) revert('InvalidRecipient', {})
  const { fees } = s.tables.delegators.get(by)
  if (fees < amount) revert('InsufficientFees', { amount, fees })
  s.tables.delegators.update(by, { fees: fees - amount })
  payEth(s, amount)
  s.emit({ name: 'WithdrawFees', args: { delegator: by, recipient, amount } })
  checkpoint(s, by, round)
}

export function claimEarnings(s: State, by: Address): void {
  const round = openRound(s)
  claim(s, by, round)
  checkpoint(s, by, round)
}
