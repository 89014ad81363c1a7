/** @module `tessera orchestrator update`: changes the published address, the terms, or who may call reward. */
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import type { SendingOptions } from '../options.ts'
import type { Step } from '../plan.ts'
import { UsageError } from '../problems.ts'
import { type ChainSession, withChain } from '../session.ts'
import { checkedServiceUri, commissionText, type OrchestratorOptions } from './commission.ts'

type Changes = OrchestratorOptions & {
  /** An account, or `none`. */
  readonly rewardCaller?: string
}

export function orchestratorUpdate(options: SendingOptions & Changes): Promise<void> {
  return withChain('orchestrator update', options, async (session) => {
    const { serviceUri, rewardCut, feeShare, rewardCaller } = options
    if ([serviceUri, rewardCut, feeShare, rewardCaller].every((value) => value === undefined)) {
      throw new UsageError(
        'It is not said what to change.',
        'Give --service-uri, --reward-cut, --fee-share or --reward-caller.',
      )
    }
    const steps = [
      ...(await uriStep(session, serviceUri)),
      ...(await commissionStep(session, { rewardCut, feeShare })),
      ...(await callerStep(session, rewardCaller)),
    ]
    const account = await session.address()
    const { bondingManager } = await session.contracts()
    const warning = (await bondingManager.isRegistered(account))
      ? {}
      : { warning: `${account} is no orchestrator; tessera orchestrator register makes it one.` }
    if (steps.length > 0) await session.perform({ steps, ...warning })
    const done = steps.length === 0 ? 'It is so already; nothing was sent.' : 'Changed.'
    return {
      result: { account, serviceUri, rewardCut, feeShare, rewardCaller },
      lines: session.isDryRun ? [] : [done],
    }
  })
}

async function uriStep(session: ChainSession, wanted: string | undefined): Promise<readonly Step[]> {
  if (wanted === undefined) return []
  const { serviceRegistry } = await session.contracts()
  const uri = checkedServiceUri(wanted)
  if (uri === (await serviceRegistry.serviceUri(await session.address()))) return []
  return [{ call: serviceRegistry.setServiceUri(uri), says: `publish ${uri}` }]
}

/** Both terms are set together: the one that is not named stays. */
async function commissionStep(
  session: ChainSession,
  wanted: { readonly rewardCut: bigint | undefined; readonly feeShare: bigint | undefined },
): Promise<readonly Step[]> {
  if (wanted.rewardCut === undefined && wanted.feeShare === undefined) return []
  const { bondingManager } = await session.contracts()
  const now = await bondingManager.orchestrator(await session.address())
  const { rewardCut = now.rewardCut, feeShare = now.feeShare } = wanted
  if (rewardCut === now.rewardCut && feeShare === now.feeShare) return []
  const call = (await session.staking()).setCommission({ rewardCut, feeShare })
  return [{ call, says: commissionText(rewardCut, feeShare) }]
}

async function callerStep(session: ChainSession, wanted: string | undefined): Promise<readonly Step[]> {
  if (wanted === undefined) return []
  const staking = await session.staking()
  if (wanted === 'none') {
    return [{ call: staking.setRewardCaller(ZERO_ADDRESS), says: 'let nobody else call reward' }]
  }
  const caller = await session.address(wanted)
  return [{ call: staking.setRewardCaller(caller), says: `let ${caller} call reward` }]
}
