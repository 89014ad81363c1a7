/** @module `tessera stake unbond`: takes stake out; after the unbonding period it can be withdrawn. */
import { NO_HINT } from '@tessera/chain/pool-hints'
import { sameAddress } from '@tessera/protocol/address'
import type { Lpt } from '@tessera/protocol/units'
import { type AmountOrMax, formatLpt } from '../amounts.ts'
import { whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { watchStake } from '../watched.ts'
import { assertBondCounts } from './bond-counts.ts'
import { hintsFor } from './hints.ts'

export function stakeUnbond(amount: AmountOrMax<Lpt>, options: SendingOptions): Promise<void> {
  return withChain('stake unbond', options, async (session) => {
    const contracts = await session.contracts()
    const { bondingManager } = contracts
    const account = await session.address()
    const staking = await session.staking()
    const [times, stake, { delegate, startRound }, status, period, lock] = await Promise.all([
      session.times(),
      bondingManager.pendingStake(account),
      bondingManager.delegator(account),
      staking.status(account),
      bondingManager.unbondingPeriod(),
      staking.nextLockId(account),
    ])
    assertBondCounts({ account, status, startRound }, times)
    const sum = amount === 'max' ? stake : amount
    const isOrchestrator = sameAddress(delegate, account)
    const leavesPool = isOrchestrator && sum >= stake
    const change = { orchestrator: delegate, by: -sum, mayJoin: false }
    const [hint = NO_HINT] = leavesPool || sum > stake ? [] : await hintsFor(staking, [change])
    await session.perform({
      steps: [
        { call: staking.unbond(sum, hint), says: `take ${formatLpt(sum)} out of the bond to ${delegate}` },
      ],
      ...(leavesPool && {
        warning: 'This takes the orchestrator out of the pool: it earns nothing any more.',
      }),
      watch: watchStake(account, staking, contracts),
    })
    const withdrawRound = times.currentRound + period
    return {
      result: { account, amount: sum, lock, withdrawRound },
      lines: session.isDryRun ? [] : [`${formatLpt(sum)} is in unbonding lock ${lock}.`],
      next: [
        `tessera stake withdraw ${lock} from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`,
        `tessera stake rebond ${lock} puts it back before that`,
      ],
    }
  })
}
