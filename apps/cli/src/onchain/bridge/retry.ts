/** @module `tessera bridge retry`: executes messages that failed on L2 again. */
import { RevertedError } from '@tessera/chain/errors'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { failures } from './failures.ts'
import { type BridgeOptions, openBridge } from './open-bridge.ts'

/**
 * One message, or all that failed. Of all, those that still fail are left as they are; it is an error when there is
 * nothing else.
 */
export function bridgeRetry(
  number: number | undefined,
  options: SendingOptions & BridgeOptions,
): Promise<void> {
  return withChain('bridge retry', options, async (session) => {
    const bridge = await openBridge(session, options)
    const found = await failures(bridge, number)
    const executed: bigint[] = []
    const refused: { readonly number: bigint; readonly error: RevertedError }[] = []
    for (const { number: id, ticket, does } of found) {
      const call = bridge.bridgeL2.redeem(id, ticket)
      try {
        await session.perform({ steps: [{ call, says: `execute message ${id}: ${does}` }] })
        executed.push(id)
      } catch (error) {
        if (!(error instanceof RevertedError)) throw error
        refused.push({ number: id, error })
      }
    }
    const [first] = refused
    if (first && executed.length === 0) throw first.error
    return {
      result: {
        executed,
        refused: refused.map(({ number: id, error }) => ({ number: id, message: error.message })),
      },
      lines: [
        ...(found.length === 0 ? ['No message waits for a retry; nothing was sent.'] : []),
        ...(session.isDryRun ? [] : executed.map((id) => `Message ${id} is executed.`)),
        ...refused.map(({ number: id, error }) => `Message ${id} fails still. ${error.message}`),
      ],
    }
  })
}
