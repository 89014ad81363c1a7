/** @module `tessera gov queue`, `execute` and `cancel`: what comes after the voting, or before it. */
import type { LivepeerGovernor } from '@tessera/chain/contracts/livepeer-governor'
import { describeCall } from '@tessera/chain/governance/describe-call'
import type { ProposalContent } from '@tessera/chain/governance/proposal'
import type { TransactionCall } from '@tessera/chain/transaction-call'
import { systemClock } from '@tessera/runtime/clock'
import { shortId } from '../by-prefix.ts'
import type { SendingOptions } from '../options.ts'
import type { Plan } from '../plan.ts'
import type { Report } from '../report.ts'
import { withChain } from '../session.ts'
import { connectGovernance, findProposal } from './governance.ts'
import { orNotYet } from './too-early.ts'

export type SettleOptions = SendingOptions & { readonly fromBlock?: number }

export function govQueue(id: string, options: SettleOptions): Promise<void> {
  return settle('queue', id, options, (governor, content) => governor.queue(content), {
    done: 'The proposal is with the treasury.',
    next: (id) => `tessera gov execute ${shortId(id)} makes its calls`,
  })
}

export function govExecute(id: string, options: SettleOptions): Promise<void> {
  return settle('execute', id, options, (governor, content) => governor.execute(content), {
    done: 'The treasury has made its calls.',
    warning: 'The treasury makes these calls now.',
  })
}

export function govCancel(id: string, options: SettleOptions): Promise<void> {
  return settle('cancel', id, options, (governor, content) => governor.cancel(content), {
    done: 'The proposal is withdrawn.',
    warning: 'A cancelled proposal cannot be made again with the same actions and text.',
  })
}

function settle(
  verb: 'queue' | 'execute' | 'cancel',
  given: string,
  options: SettleOptions,
  call: (governor: LivepeerGovernor, content: ProposalContent) => TransactionCall,
  texts: { readonly done: string; readonly next?: (id: bigint) => string; readonly warning?: string },
): Promise<void> {
  return withChain(`gov ${verb}`, options, async (session): Promise<Report> => {
    const { governor, addresses } = await connectGovernance(session)
    const proposal = await findProposal(session, governor, { id: given, fromBlock: options.fromBlock })
    const { id } = proposal
    const actions = proposal.actions.map((action) => describeCall(action, addresses))
    const plan: Plan = {
      steps: [
        { call: call(governor, proposal), says: `${verb} proposal ${shortId(id)}: ${actions.join('; ')}` },
      ],
      ...(texts.warning !== undefined && { warning: texts.warning }),
    }
    await session.perform(plan).catch(async (error: unknown) => {
      if (verb === 'cancel') throw error
      const [standing, times] = await Promise.all([governor.standing(id), session.times()])
      const nowSeconds = systemClock.nowMs() / 1000
      throw orNotYet(error, { step: verb, id, standing, times, nowSeconds })
    })
    return {
      result: { proposal: id, actions, state: session.isDryRun ? null : await governor.state(id) },
      lines: session.isDryRun ? [] : [texts.done],
      ...(texts.next !== undefined && { next: [texts.next(id)] }),
    }
  })
}
