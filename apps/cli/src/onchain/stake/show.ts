/** @module `tessera stake show`: all that an account owns in the protocol. */
import { sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { formatTable } from '../../table.ts'
import { formatEth, formatLpt } from '../amounts.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'

export function stakeShow(who: string | undefined, options: ReadingOptions): Promise<void> {
  return withChain('stake show', options, async (session) => {
    const { bondingManager, token } = await session.contracts()
    const account = await session.subject(who)
    const [staking, times] = await Promise.all([session.staking(), session.times()])
    const [status, { delegate, startRound }, stake, fees, locks, lptBalance, ethBalance] = await Promise.all([
      staking.status(account),
      bondingManager.delegator(account),
      bondingManager.pendingStake(account),
      staking.pendingFees(account),
      staking.locks(account),
      token.balanceOf(account),
      session.client.balance(account),
    ])
    const isBonded = status !== 'unbonded' && !sameAddress(delegate, ZERO_ADDRESS)
    const bondedTo = !isBonded
      ? 'nobody'
      : sameAddress(delegate, account)
        ? 'itself (an orchestrator)'
        : delegate
    const since =
      status === 'pending' ? `, counts from round ${startRound} on, ${whenRound(times, startRound)}` : ''
    return {
      result: {
        account,
        status,
        orchestrator: isBonded ? delegate : null,
        startRound,
        stake,
        fees,
        lptBalance,
        ethBalance,
        locks: locks.map(({ id, amount, withdrawRound }) => ({
          id,
          amount,
          withdrawRound,
          withdrawable: withdrawRound <= times.currentRound,
          inSeconds: secondsUntilRound(times, withdrawRound),
        })),
      },
      lines: [
        formatTable(
          [],
          [
            ['Account', account],
            ['Stake', `${formatLpt(stake)}${since}`],
            ['Bonded to', bondedTo],
            ['Fees earned', formatEth(fees)],
            ['Wallet', `${formatLpt(lptBalance)}, ${formatEth(ethBalance)}`],
          ],
        ),
        ...(locks.length === 0
          ? []
          : [
              '',
              formatTable(
                ['Lock', 'Amount', 'Withdrawable'],
                locks.map(({ id, amount, withdrawRound }) => [
                  String(id),
                  formatLpt(amount),
                  `from round ${withdrawRound} on, ${whenRound(times, withdrawRound)}`,
                ]),
              ),
            ]),
      ],
      next: [
        ...(locks.some(({ withdrawRound }) => withdrawRound <= times.currentRound)
          ? ['tessera stake withdraw']
          : []),
        ...(fees > 0n ? ['tessera stake fees'] : []),
      ],
    }
  })
}
