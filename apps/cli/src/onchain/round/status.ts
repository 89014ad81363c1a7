/** @module `tessera round status`: the protocol's clock. */
import { formatTable } from '../../table.ts'
import { secondsUntilRound, whenRound } from '../duration.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { isRunningHere } from '../where.ts'

export function roundStatus(options: ReadingOptions): Promise<void> {
  return withChain('round status', options, async (session) => {
    const times = await session.times()
    const { currentRound, isInitialized, isLocked, block, startBlock, roundLength } = times
    const next = currentRound + 1n
    const open = isInitialized ? 'open' : 'not opened yet'
    return {
      result: {
        round: currentRound,
        initialized: isInitialized,
        locked: isLocked,
        block,
        startBlock,
        roundLength,
        nextRoundStartBlock: startBlock + roundLength,
        nextRoundInSeconds: secondsUntilRound(times, next),
      },
      lines: [
        formatTable(
          [],
          [
            ['Round', `${currentRound}, ${open}${isLocked ? ', locked for changes of terms' : ''}`],
            ['Block', `${block} (${block - startBlock} of ${roundLength} in this round)`],
            ['Next round', `${next} at block ${startBlock + roundLength}, ${whenRound(times, next)}`],
          ],
        ),
      ],
      ...(!isInitialized && {
        next: [
          isRunningHere(options)
            ? 'the orchestrators of this network open the round in a second; until then stake cannot move.'
            : 'tessera round init opens the round; until then stake cannot move.',
        ],
      }),
    }
  })
}
