/** @module The shares of stablecoin fees that an account has not claimed yet, found by events. */
import { type Address, address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { type Round, round } from '@tessera/protocol/units'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { stablecoinTicketBrokerAbi } from '../abis/stablecoin-ticket-broker.ts'
import type { ChainClient } from '../client.ts'
import { logsOf } from '../logs-of.ts'
import type { StablecoinBroker } from './stablecoin-broker.ts'

/** Of one past round. `amount`, more than 0, in the token's smallest unit. */
export type FeeShare = { readonly orchestrator: Address; readonly round: Round; readonly amount: bigint }

type Search = {
  readonly broker: StablecoinBroker
  readonly bondingManager: Address
  readonly staker: Address
  /** First block to search for fees; the broker's creation when absent. */
  readonly fromBlock?: bigint | undefined
}

/**
 * By orchestrator, and the oldest round first. Looks at all orchestrators that the account was ever bonded to: shares
 * do not expire. @throws as `logsOf`.
 */
export async function unclaimedShares(client: ChainClient, search: Search): Promise<readonly FeeShare[]> {
  const orchestrators = await everBondedTo(client, search.bondingManager, search.staker)
  const found = await Promise.all(orchestrators.map((orchestrator) => sharesOf(client, search, orchestrator)))
  return found.flat()
}

async function sharesOf(
  client: ChainClient,
  { broker, staker, fromBlock }: Search,
  orchestrator: Address,
): Promise<readonly FeeShare[]> {
  const logs = await logsOf(client, {
    address: broker.address,
    abi: stablecoinTicketBrokerAbi,
    event: 'FeesBooked',
    args: { transcoder: orchestrator },
    fromBlock,
  })
  const rounds = [...new Set(logs.map(({ args }) => args.round))].map(round)
  const shares = rounds.map(async (inRound) => ({
    orchestrator,
    round: inRound,
    amount: await broker.claimableFees(staker, orchestrator, inRound),
  }))
  return (await Promise.all(shares)).filter(({ amount }) => amount > 0n)
}

/** A bond names its orchestrator; one that came from another account, or out of a lock, does so when it is rebonded. */
async function everBondedTo(
  client: ChainClient,
  bondingManager: Address,
  delegator: Address,
): Promise<readonly Address[]> {
  const of = { address: bondingManager, abi: bondingManagerAbi, args: { delegator } } as const
  const [bonds, rebonds] = await Promise.all([
    logsOf(client, { ...of, event: 'Bond' }),
    logsOf(client, { ...of, event: 'Rebond' }),
  ])
  const named = [
    ...bonds.map(({ args }) => address(args.newDelegate)),
    ...rebonds.map(({ args }) => address(args.delegate)),
  ]
  return [...new Set(named)].filter((one) => !sameAddress(one, ZERO_ADDRESS))
}
