/** @module `tessera round init`: opens the current round, which somebody has to do once in each. */
import { isRefusal } from '@tessera/chain/refusals'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'

/** Succeeds when the round is open in the end, whoever opened it. */
export function roundInit(options: SendingOptions): Promise<void> {
  return withChain('round init', options, async (session) => {
    const { roundsManager } = await session.contracts()
    const round = await roundsManager.currentRound()
    const already = {
      result: { round, opened: false },
      lines: [`Round ${round} is open already; nothing was sent.`],
    }
    if ((await roundsManager.lastInitializedRound()) === round) return already
    const step = { call: roundsManager.initializeRound(), says: `open round ${round}` }
    try {
      await session.perform({ steps: [step] })
    } catch (error) {
      if (isRefusal(error, 'round-already-initialized')) return already
      throw error
    }
    return {
      result: { round, opened: !session.isDryRun },
      lines: session.isDryRun ? [] : [`Round ${round} is open.`],
      next: ['tessera orchestrator reward, if you run an orchestrator.'],
    }
  })
}
