/** @module `tessera stake transfer`: gives bonded stake to another account without unbonding it. */
import { NO_HINT } from '@tessera/chain/pool-hints'
import { sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import { type AmountOrMax, formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { watchLpt } from '../watched.ts'
import { assertBondCounts } from './bond-counts.ts'
import { hintsFor } from './hints.ts'

export function stakeTransfer(
  amount: AmountOrMax<Lpt>,
  receiver: string,
  options: SendingOptions,
): Promise<void> {
  return withChain('stake transfer', options, async (session) => {
    const { bondingManager } = await session.contracts()
    const [account, to, staking] = await Promise.all([
      session.address(),
      session.address(receiver),
      session.staking(),
    ])
    if (sameAddress(account, to)) {
      return {
        result: { account, receiver: to, amount: 0n, orchestrator: null },
        lines: [`The stake of ${account} is its own already; nothing was sent.`],
      }
    }
    const [stake, own, theirs, status, times] = await Promise.all([
      bondingManager.pendingStake(account),
      bondingManager.delegator(account),
      bondingManager.delegator(to),
      staking.status(account),
      session.times(),
    ])
    assertBondCounts({ account, status, startRound: own.startRound }, times)
    const sum = amount === 'max' ? stake : amount
    const theirDelegate = sameAddress(theirs.delegate, ZERO_ADDRESS) ? own.delegate : theirs.delegate
    const leavesPool = sameAddress(own.delegate, account) && sum >= stake
    const [from = NO_HINT, into = NO_HINT] =
      sum > stake || leavesPool
        ? []
        : await hintsFor(staking, [
            { orchestrator: own.delegate, by: -sum, mayJoin: false },
            {
              orchestrator: theirDelegate,
              by: sameAddress(own.delegate, theirDelegate) ? 0n : sum,
              mayJoin: await bondingManager.isRegistered(theirDelegate),
            },
          ])
    await session.perform({
      steps: [
        {
          call: staking.transferBond(to, lpt(sum), { from, to: into }),
          says: `give ${formatLpt(sum)} of the bond to ${to}`,
        },
      ],
      warning: `The stake will belong to ${to}. Only it can give it back.`,
      watch: [
        watchLpt('stake', staking.stakeQuery(account)),
        watchLpt(`stake of ${to}`, staking.stakeQuery(to)),
      ],
    })
    return {
      result: { account, receiver: to, amount: sum, orchestrator: theirDelegate },
      lines: session.isDryRun
        ? []
        : [`${formatLpt(sum)} of stake belongs to ${to}, bonded to ${theirDelegate}.`],
    }
  })
}
