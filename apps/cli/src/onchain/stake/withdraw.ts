/** @module `tessera stake withdraw`: LPT of unbonding locks back into the wallet. */
import { formatLpt } from '../amounts.ts'
import { whenRound } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { watchStake } from '../watched.ts'
import { pickLock } from './pick-lock.ts'

/** Without an id all locks whose time has come. */
export function stakeWithdraw(lockId: bigint | undefined, options: SendingOptions): Promise<void> {
  return withChain('stake withdraw', options, async (session) => {
    const contracts = await session.contracts()
    const account = await session.address()
    const [staking, times] = await Promise.all([session.staking(), session.times()])
    const locks = await staking.locks(account)
    const due =
      lockId === undefined
        ? locks.filter(({ withdrawRound }) => withdrawRound <= times.currentRound)
        : [pickLock(locks, lockId)]
    const total = due.reduce((sum, { amount }) => sum + amount, 0n)
    if (due.length === 0) {
      return {
        result: { account, amount: 0n, locks: [] },
        lines: [
          locks.length === 0 ? 'There is no unbonding lock.' : 'No unbonding lock can be withdrawn yet.',
        ],
        next: locks.map(
          ({ id, amount, withdrawRound }) =>
            `lock ${id} (${formatLpt(amount)}) from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`,
        ),
      }
    }
    await session.perform({
      steps: due.map(({ id, amount }) => ({
        call: staking.withdrawStake(id),
        says: `withdraw the ${formatLpt(amount)} of lock ${id}`,
      })),
      watch: watchStake(account, staking, contracts),
    })
    return {
      result: { account, amount: total, locks: due.map(({ id }) => id) },
      lines: session.isDryRun ? [] : [`${formatLpt(total)} is in the wallet of ${account}.`],
    }
  })
}
