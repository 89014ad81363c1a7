/** @module Counts a poll by stake: an orchestrator votes for its delegators, but for those who vote themselves. */
import type { BondingManager } from '@tessera/chain/contracts/bonding-manager'
import type { PollChoice } from '@tessera/chain/contracts/polls'
import type { Address } from '@tessera/protocol/address'

/** In 10^-18 LPT. */
export type PollTally = Readonly<Record<PollChoice, bigint>>

type Stakes = Pick<BondingManager, 'delegator' | 'pendingStake' | 'isRegistered' | 'orchestrator'>

/** With the stakes of now. Choices that nobody knows count nothing. @throws as `ChainClient.read`. */
export async function tallyPoll(
  votes: ReadonlyMap<Address, PollChoice | undefined>,
  stakes: Stakes,
): Promise<PollTally> {
  const voters = await Promise.all(
    [...votes].map(async ([voter, choice]) => {
      const [{ delegate }, own, isOrchestrator] = await Promise.all([
        stakes.delegator(voter),
        stakes.pendingStake(voter),
        stakes.isRegistered(voter),
      ])
      const weight = isOrchestrator ? (await stakes.orchestrator(voter)).stake : own
      return { voter, choice, delegate, own, isOrchestrator, weight }
    }),
  )
  const tally = { yes: 0n, no: 0n }
  for (const { voter, choice, weight, isOrchestrator } of voters) {
    if (choice === undefined) continue
    const overridden = isOrchestrator
      ? voters.filter((other) => !other.isOrchestrator && other.delegate === voter)
      : []
    tally[choice] += weight - overridden.reduce((sum, { own }) => sum + own, 0n)
  }
  return tally
}
