/** @module What to do next about one winning ticket, decided from facts alone. */
import type { Wei } from '@tessera/protocol/units'
import type { ChainView, SenderInfo } from './ports.ts'
import type { StoredWin } from './ticket-store.ts'

/**
 * `params-open`: tickets with the same recipientRand are still accepted, so it must stay secret. `round-not-initialized`:
 * the contract refuses until somebody initialises the round. `sender-unlocked`, `sender-without-funds`: nothing to be
 * paid from now. `cost-above-value`: redeeming costs more than it brings. `failed`: the last try was refused.
 */
export type WaitReason =
  | 'params-open'
  | 'round-not-initialized'
  | 'sender-unlocked'
  | 'sender-without-funds'
  | 'cost-above-value'
  | 'failed'

export type RedemptionStep =
  | { readonly kind: 'redeem' }
  | { readonly kind: 'wait'; readonly reason: WaitReason }
  | { readonly kind: 'lost'; readonly reason: string }

export type RedemptionFacts = {
  readonly view: ChainView
  readonly sender: SenderInfo
  /** The recipient's share of the sender's reserve. */
  readonly claimable: Wei
  readonly cost: Wei
  /** A ticket can be redeemed in its creation round and so many less one after it (contract: ticketValidityPeriod). */
  readonly validityRounds: bigint
}

export function nextStep({ winning, expirationBlock }: StoredWin, facts: RedemptionFacts): RedemptionStep {
  const { view, sender, claimable, cost } = facts
  const { creationRound, faceValue } = winning.ticket
  if (creationRound + facts.validityRounds <= view.currentRound) {
    return { kind: 'lost', reason: 'The ticket was not redeemed within its validity period.' }
  }
  if (expirationBlock > view.l1Block) return wait('params-open')
  if (view.lastInitializedRound !== view.currentRound) return wait('round-not-initialized')
  if (sender.withdrawRound !== 0n && sender.withdrawRound <= view.currentRound) return wait('sender-unlocked')
  if (sender.deposit + sender.reserve < faceValue) return wait('sender-without-funds')
  const available = sender.deposit + claimable
  if (available <= cost || faceValue <= cost) return wait('cost-above-value')
  return { kind: 'redeem' }
}

function wait(reason: WaitReason): RedemptionStep {
  return { kind: 'wait', reason }
}
