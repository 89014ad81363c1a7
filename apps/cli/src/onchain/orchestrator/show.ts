/** @module `tessera orchestrator show` and `list`: who sells work, on which terms. */
import { listOrchestrators } from '@tessera/chain/orchestrator-pool'
import { formatTable } from '../../table.ts'
import { formatEth, formatLpt, formatLptShort, formatPercent } from '../amounts.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { shownText } from '../shown-text.ts'

export function orchestratorShow(who: string | undefined, options: ReadingOptions): Promise<void> {
  return withChain('orchestrator show', options, async (session) => {
    const { bondingManager, serviceRegistry, roundsManager } = await session.contracts()
    const account = await session.subject(who)
    const staking = await session.staking()
    const [info, uri, isRegistered, ownStake, fees, round, pool, rewardCaller] = await Promise.all([
      bondingManager.orchestrator(account),
      serviceRegistry.serviceUri(account),
      bondingManager.isRegistered(account),
      bondingManager.pendingStake(account),
      bondingManager.pendingFees(account),
      roundsManager.currentRound(),
      staking.pool(),
      staking.rewardCaller(account),
    ])
    const place = pool.members.findIndex(({ address }) => address === account) + 1
    const isRewarded = info.lastRewardRound === round
    return {
      result: {
        account,
        registered: isRegistered,
        active: info.isActive,
        place: place || null,
        poolSize: pool.members.length,
        poolMaxSize: pool.maxSize,
        serviceUri: uri,
        stake: info.stake,
        ownStake,
        fees,
        rewardCut: info.rewardCut,
        feeShare: info.feeShare,
        lastRewardRound: info.lastRewardRound,
        rewardCaller: rewardCaller ?? null,
      },
      lines: [
        formatTable(
          [],
          [
            ['Orchestrator', `${account}${isRegistered ? '' : ' (not registered)'}`],
            [
              'Active',
              `${info.isActive ? 'yes' : 'no'}, ${place ? `place ${place}` : 'not'} in the pool of ${pool.members.length} (${pool.maxSize} at most)`,
            ],
            ['Address', shownText(uri) || 'none published'],
            ['Stake', `${formatLpt(info.stake)} with delegators, ${formatLpt(ownStake)} its own`],
            ['Fees earned', formatEth(fees)],
            [
              'Terms',
              `keeps ${formatPercent(info.rewardCut)} of rewards, gives delegators ${formatPercent(info.feeShare)} of fees`,
            ],
            ['Reward', `${isRewarded ? 'called' : 'not called'} in round ${round}`],
            ...(rewardCaller ? [['Reward caller', rewardCaller]] : []),
          ],
        ),
      ],
      next: info.isActive && !isRewarded ? ['tessera orchestrator reward'] : [],
    }
  })
}

export function orchestratorList(options: ReadingOptions): Promise<void> {
  return withChain('orchestrator list', options, async (session) => {
    const listed = await listOrchestrators(await session.contracts())
    const table = formatTable(
      ['Orchestrator', 'Stake', 'Keeps', 'Gives'],
      listed.map(({ address, stake, rewardCut, feeShare }) => [
        address,
        formatLptShort(stake),
        formatPercent(rewardCut),
        formatPercent(feeShare),
      ]),
    )
    const [header, ...rows] = table.split('\n')
    return {
      result: {
        orchestrators: listed.map(({ address, stake, rewardCut, feeShare, isActive, serviceUri }) => ({
          address,
          stake,
          rewardCut,
          feeShare,
          active: isActive,
          serviceUri,
        })),
      },
      lines: [
        header ?? '',
        ...listed.flatMap(({ isActive, serviceUri }, k) => [
          rows[k] ?? '',
          `    ${shownText(serviceUri) || 'no address'}${isActive ? '' : ', not active in this round'}`,
        ]),
        '',
        'Each keeps that part of rewards, and gives its delegators that part of fees.',
      ],
    }
  })
}
