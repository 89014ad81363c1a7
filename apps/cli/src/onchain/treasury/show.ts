/** @module `tessera treasury show`: what governance has to spend, and where it comes from. */
import { readTreasury } from '@tessera/chain/governance/treasury'
import { formatTable } from '../../table.ts'
import { formatEth, formatLpt, formatUnits } from '../amounts.ts'
import { formatDuration } from '../duration.ts'
import { connectGovernance } from '../gov/governance.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'

export function treasuryShow(options: ReadingOptions): Promise<void> {
  return withChain('treasury show', options, async (session) => {
    const { addresses } = await connectGovernance(session)
    const { token } = await session.contracts()
    const [lptBalance, ethBalance, { rewardCut, nextRewardCut, ceiling, delay }] = await Promise.all([
      token.balanceOf(addresses.Treasury),
      session.client.balance(addresses.Treasury),
      readTreasury(session.client, addresses),
    ])
    const percent = (ray: bigint) => `${formatUnits(ray, 25)} %`
    const later = nextRewardCut === rewardCut ? '' : `, ${percent(nextRewardCut)} from the next round on`
    return {
      result: {
        treasury: addresses.Treasury,
        lptBalance,
        ethBalance,
        rewardCut,
        nextRewardCut,
        ceiling,
        delaySeconds: delay,
      },
      lines: [
        formatTable(
          [],
          [
            ['Treasury', addresses.Treasury],
            ['Balance', `${formatLpt(lptBalance)}, ${formatEth(ethBalance)}`],
            ['Gets', `${percent(rewardCut)} of all rewards${later}`],
            ['Up to', ceiling === 0n ? 'no limit' : formatLpt(ceiling)],
            ['Delay', delay === 0n ? 'none after queueing' : formatDuration(Number(delay))],
          ],
        ),
      ],
      next: ['tessera treasury propose-transfer LPT ACCOUNT --title TEXT'],
    }
  })
}
