/** @module `tessera stake rebond`: puts an unbonding lock back. */
import { NO_HINT } from '@tessera/chain/pool-hints'
import { sameAddress } from '@tessera/protocol/address'
import { formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'
import { watchStake } from '../watched.ts'
import { hintsFor } from './hints.ts'
import { pickLock } from './pick-lock.ts'

export function stakeRebond(
  lockId: bigint | undefined,
  options: SendingOptions & { readonly to?: string },
): Promise<void> {
  return withChain('stake rebond', options, async (session) => {
    const contracts = await session.contracts()
    const { bondingManager } = contracts
    const account = await session.address()
    const staking = await session.staking()
    const lock = pickLock(await staking.locks(account), lockId)
    const [status, { delegate }] = await Promise.all([
      staking.status(account),
      bondingManager.delegator(account),
    ])
    const isUnbonded = status === 'unbonded'
    if (isUnbonded && options.to === undefined) {
      throw new UsageError(
        'Nothing is bonded any more, so it is not known to whom to put it.',
        'Give --to ADDRESS.',
      )
    }
    const to = options.to === undefined ? delegate : await session.address(options.to)
    if (!isUnbonded && !sameAddress(to, delegate)) {
      throw new UsageError(
        `The account is bonded to ${delegate}; a lock goes back there.`,
        `Leave --to out, and move all of it afterwards: tessera stake move --to ${to}`,
      )
    }
    const mayJoin = (await bondingManager.isRegistered(to)) || sameAddress(to, account)
    const [hint = NO_HINT] = await hintsFor(staking, [{ orchestrator: to, by: lock.amount, mayJoin }])
    const call = isUnbonded ? staking.rebondFromUnbonded(to, lock.id, hint) : staking.rebond(lock.id, hint)
    await session.perform({
      steps: [{ call, says: `bond the ${formatLpt(lock.amount)} of lock ${lock.id} to ${to} again` }],
      watch: watchStake(account, staking, contracts),
    })
    return {
      result: { account, lock: lock.id, amount: lock.amount, orchestrator: to },
      lines: session.isDryRun ? [] : [`${formatLpt(lock.amount)} is bonded to ${to} again.`],
    }
  })
}
