/** @module What an account has earned, and booking it. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { carryForward, earned } from './factors.ts'
import { isActive, isUnbonded } from './facts.ts'
import { revert } from './revert.ts'
import type { State } from './state.ts'
import { AMOUNT_BITS, fit } from './widths.ts'

/** Stake and fees, in wei. */
export type Holdings = { readonly stake: bigint; readonly fees: bigint }

/** As of the end of `round`. An orchestrator's own cut is added whenever asked, claimed or not in this round. */
export function pending(s: State, account: Address, round: bigint): Holdings {
  const { bondedAmount, fees, delegateAddress, lastClaimRound } = s.tables.delegators.get(account)
  if (delegateAddress === ZERO_ADDRESS) return { stake: bondedAmount, fees }
  const span = { stake: bondedAmount, since: lastClaimRound, round }
  const delegated =
    lastClaimRound < round ? earned(s, delegateAddress, span) : { stake: bondedAmount, fees: 0n }
  const own = delegateAddress === account ? s.tables.transcoders.get(account) : undefined
  return {
    stake: delegated.stake + (own?.cumulativeRewards ?? 0n),
    fees: fees + delegated.fees + (own?.cumulativeFees ?? 0n),
  }
}

/** A cut is earned also after a slash of all stake, which has claimed already: it is paid only to its own delegate. */
export function hasOwnCut(s: State, account: Address): boolean {
  if (s.tables.delegators.get(account).delegateAddress !== account) return false
  const { cumulativeRewards, cumulativeFees } = s.tables.transcoders.get(account)
  return cumulativeRewards + cumulativeFees > 0n
}

/** Books what was earned since the last claim. Runs before anything that changes stake or delegate. */
export function claim(s: State, account: Address, round: bigint): void {
  const { delegators, transcoders } = s.tables
  const { lastClaimRound, delegateAddress: delegate, bondedAmount, fees } = delegators.get(account)
  if (lastClaimRound >= round) return
  if (delegate !== ZERO_ADDRESS) carryForward(s, delegate, round)
  const now = pending(s, account, round)
  if (delegate !== ZERO_ADDRESS && delegate === account) {
    transcoders.update(account, { cumulativeRewards: 0n, cumulativeFees: 0n })
  }
  delegators.update(account, {
    bondedAmount: fit(AMOUNT_BITS, now.stake),
    fees: now.fees,
    lastClaimRound: round,
  })
  s.emit({
    name: 'EarningsClaimed',
    args: {
      delegate,
      delegator: account,
      rewards: now.stake - bondedAmount,
      fees: now.fees - fees,
      startRound: lastClaimRound + 1n,
      endRound: round,
    },
  })
}

/**
 * A third party may make an account claim only when that can't cost it this round's reward: after its delegate's
 * reward, or when it has claimed in this round already.
 */
export function requireClaimAllowed(s: State, caller: Address, account: Address, round: bigint): void {
  if (caller === account || isUnbonded(s, account)) return
  const { delegateAddress: delegate, lastClaimRound } = s.tables.delegators.get(account)
  const isHarmless =
    !isActive(s, delegate, round) ||
    s.tables.transcoders.get(delegate).lastRewardRound === round ||
    lastClaimRound === round
  if (!isHarmless) revert('IllegalClaimEarnings', { account, delegate })
}
