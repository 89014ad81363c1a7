/**
 * @module When to claim earnings, and when not to earn. What arrives later in the round in which an account claimed is
 * lost to its stake: the contract takes the round's final factors for the start of the next claim (LIP-36).
 * Withdrawing fees claims.
 */
import type { BlockNumber, Round } from '@tessera/protocol/units'
import type { RoundTime } from './round-duties.ts'

export type RoundPosition = {
  readonly currentRound: Round
  readonly lastInitializedRound: Round
  readonly l1Block: BlockNumber
  /** Block in which the current round began. */
  readonly startBlock: BlockNumber
  /** In blocks. */
  readonly roundLength: bigint
}

/** The last so many-th part of a round is its end. */
const END_OF_ROUND = 10n

/** True in the last tenth of an initialised round, when there is little left to be lost by a claim. */
export function isRoundEnding(view: RoundPosition): boolean {
  const left = view.startBlock + view.roundLength - view.l1Block
  return view.lastInitializedRound === view.currentRound && left * END_OF_ROUND <= view.roundLength
}

export type EarningDeps = {
  readonly time: RoundTime
  /** Round of the account's last claim. */
  readonly lastClaimRound: () => Promise<Round>
  /** A ticket can be redeemed in its creation round and so many less one after it. */
  readonly validityRounds: bigint
}

/** True when redeeming the ticket now earns all of its face value, or when it cannot wait any longer. */
export async function earningCounts(
  ticket: { readonly creationRound: Round },
  deps: Pick<EarningDeps, 'lastClaimRound' | 'validityRounds'> & { readonly time: Pick<RoundTime, 'view'> },
): Promise<boolean> {
  const { currentRound, lastInitializedRound } = deps.time.view()
  if (lastInitializedRound !== currentRound) return false
  const isLastChance = ticket.creationRound + deps.validityRounds <= currentRound + 1n
  return isLastChance || (await deps.lastClaimRound()) < currentRound
}

/**
 * Resolves when redeeming a ticket earns all of its face value: at once, or with the next round when the account has
 * claimed in this one. A ticket that would not live that long is not held back.
 */
export async function untilEarningCounts(
  ticket: { readonly creationRound: Round },
  deps: EarningDeps,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  while (true) {
    options.signal.throwIfAborted()
    const { l1Block } = deps.time.view()
    if (await earningCounts(ticket, deps)) return
    await deps.time.blockAfter(l1Block, options)
  }
}
