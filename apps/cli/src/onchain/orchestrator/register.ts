/** @module `tessera orchestrator register`: bonds to itself, publishes an address and terms, joins the pool. */

import { NO_HINT } from '@tessera/chain/pool-hints'
import { sameAddress } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import { formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import type { Step } from '../plan.ts'
import { TooLittleError, UsageError } from '../problems.ts'
import { type ChainSession, withChain } from '../session.ts'
import { approval } from '../stake/approval.ts'
import { hintsFor } from '../stake/hints.ts'
import { watchStake } from '../watched.ts'
import { checkedServiceUri, commissionText, type OrchestratorOptions } from './commission.ts'

type Options = SendingOptions & Required<OrchestratorOptions> & { readonly stake?: Lpt }

export function orchestratorRegister(options: Options): Promise<void> {
  return withChain('orchestrator register', options, async (session) => {
    const contracts = await session.contracts()
    const { bondingManager, serviceRegistry, roundsManager } = contracts
    const account = await session.address()
    const { rewardCut, feeShare } = options
    const serviceUri = checkedServiceUri(options.serviceUri)
    const [staking, isRegistered, known, round] = await Promise.all([
      session.staking(),
      bondingManager.isRegistered(account),
      serviceRegistry.serviceUri(account),
      roundsManager.currentRound(),
    ])
    const stake = options.stake ?? lpt(0n)
    if (!isRegistered && stake === 0n) {
      throw new UsageError(
        `${account} has nothing bonded to itself.`,
        'An orchestrator has stake of its own: give --stake LPT.',
      )
    }
    const balance = await contracts.token.balanceOf(account)
    if (balance < stake) {
      throw new TooLittleError(
        `${account} has ${formatLpt(balance)}, less than ${formatLpt(stake)}.`,
        'Send LPT to the account, or register with less.',
        { has: balance, needs: stake },
      )
    }
    const uri: Step = { call: serviceRegistry.setServiceUri(serviceUri), says: `publish ${serviceUri}` }
    const { delegate } = await bondingManager.delegator(account)
    const elsewhere = sameAddress(delegate, account) ? 0n : await bondingManager.pendingStake(account)
    await session.perform({
      steps: [
        ...(known === serviceUri ? [] : [uri]),
        ...(stake > 0n ? await selfBond(session, stake) : []),
        {
          call: staking.setCommission({ rewardCut, feeShare }),
          says: commissionText(rewardCut, feeShare),
        },
      ],
      ...(elsewhere > 0n && {
        warning: `The ${formatLpt(elsewhere)} that are bonded to ${delegate} move to the new orchestrator, too.`,
      }),
      watch: watchStake(account, staking, contracts),
    })
    const { members } = await staking.pool()
    const inPool = members.some(({ address }) => sameAddress(address, account))
    const outside = `Its stake is too low for the pool of ${members.length}; it can be raised with tessera stake bond.`
    return {
      result: { account, serviceUri, rewardCut, feeShare, stake, inPool, activeFromRound: round + 1n },
      lines: session.isDryRun ? [] : inPool ? [`${account} is an orchestrator.`] : [outside],
      next: [
        `it is active from round ${round + 1n} on`,
        'tessera orchestrator --config FILE runs the node; it redeems tickets and calls reward by itself',
      ],
    }
  })
}

async function selfBond(session: ChainSession, stake: Lpt): Promise<readonly Step[]> {
  const account = await session.address()
  const staking = await session.staking()
  const [hint = NO_HINT] = await hintsFor(staking, [{ orchestrator: account, by: stake, mayJoin: true }])
  const call = staking.bond(stake, account, { from: NO_HINT, to: hint })
  return [...(await approval(session, account, stake)), { call, says: `bond ${formatLpt(stake)} to itself` }]
}
