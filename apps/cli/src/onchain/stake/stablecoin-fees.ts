/** @module `tessera stake fees --stablecoin`: an account's shares of fees in a stablecoin, of all past rounds. */
import { type FeeShare, unclaimedShares } from '@tessera/chain/contracts/stablecoin-shares'
import type { Address } from '@tessera/protocol/address'
import type { Wei } from '@tessera/protocol/units'
import { formatTable } from '../../table.ts'
import type { AmountOrMax } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'
import { openStablecoin, type StablecoinOptions } from '../ticket/stablecoin.ts'

/** Rounds in one transaction: each takes about 30,000 gas. */
const ROUNDS_A_CLAIM = 100

type Options = SendingOptions & StablecoinOptions & { readonly recipient?: string }

export function stablecoinFees(amount: AmountOrMax<Wei>, options: Options): Promise<void> {
  return withChain('stake fees', options, async (session) => {
    if (amount !== 'max') {
      throw new UsageError(
        'Shares in a stablecoin are claimed whole, round by round.',
        'Leave the amount out.',
      )
    }
    const account = await session.address()
    const recipient = options.recipient === undefined ? account : await session.address(options.recipient)
    const { addresses } = await session.contracts()
    const { broker, token, facts, format } = await openStablecoin(session, options)
    const found = { broker, bondingManager: addresses.BondingManager, staker: account }
    const shares = await unclaimedShares(session.client, found)
    const sum = total(shares)
    const result = {
      account,
      recipient,
      ...facts,
      amount: sum,
      shares: shares.map((share) => ({ ...share })),
    }
    if (sum === 0n) return { result, lines: ['There is no share to claim; nothing was sent.'] }
    await session.perform({
      steps: parts(shares).map((part) => ({
        call: broker.claimFees(
          part[0]!.orchestrator,
          part.map(({ round }) => round),
          recipient,
        ),
        says: `claim ${format(total(part))} of the fees of ${part[0]!.orchestrator} in ${roundsText(part)}`,
      })),
      watch: [token.watch('wallet', recipient)],
    })
    return {
      result,
      lines: [
        formatTable(
          ['Orchestrator', 'Rounds', 'Share'],
          [...byOrchestrator(shares)].map(([orchestrator, list]) => [
            orchestrator,
            roundsText(list),
            format(total(list)),
          ]),
        ),
        ...(session.isDryRun ? [] : [`${format(sum)} was paid to ${recipient}.`]),
      ],
    }
  })
}

function total(shares: readonly FeeShare[]): bigint {
  return shares.reduce((sum, { amount }) => sum + amount, 0n)
}

function byOrchestrator(shares: readonly FeeShare[]): ReadonlyMap<Address, readonly FeeShare[]> {
  return Map.groupBy(shares, ({ orchestrator }) => orchestrator)
}

/** Each of one orchestrator, and small enough for one transaction. */
function parts(shares: readonly FeeShare[]): readonly (readonly FeeShare[])[] {
  return [...byOrchestrator(shares).values()].flatMap((list) =>
    Array.from({ length: Math.ceil(list.length / ROUNDS_A_CLAIM) }, (_, k) =>
      list.slice(k * ROUNDS_A_CLAIM, (k + 1) * ROUNDS_A_CLAIM),
    ),
  )
}

function roundsText(shares: readonly FeeShare[]): string {
  const [first, last] = [shares[0]!.round, shares.at(-1)!.round]
  if (shares.length === 1) return `round ${first}`
  return `${shares.length} rounds from ${first} to ${last}`
}
