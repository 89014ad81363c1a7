/** @module `tessera bridge failed`: messages to L2 that wait for somebody to execute them again. */
import { formatTable } from '../../table.ts'
import { formatEth } from '../amounts.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { type Failure, failures } from './failures.ts'
import { type BridgeOptions, openBridge } from './open-bridge.ts'

const LISTED = 10

export function bridgeFailed(
  number: number | undefined,
  options: ReadingOptions & BridgeOptions,
): Promise<void> {
  return withChain('bridge failed', options, async (session) => {
    const found = await failures(await openBridge(session, options), number)
    return {
      result: {
        failed: found.map(({ number: id, does, why, ticket }) => ({
          number: id,
          does,
          why,
          sender: ticket.sender,
          to: ticket.to,
          value: ticket.l2CallValue,
          gasLimit: ticket.gasLimit,
          maxFeePerGas: ticket.maxFeePerGas,
          data: ticket.data,
        })),
      },
      lines: found.length === 0 ? ['No message waits for a retry.'] : listed(found),
      next:
        found.length === 0 ? [] : [`tessera bridge retry${found.length === 1 ? ` ${found[0]!.number}` : ''}`],
    }
  })
}

/** Anybody can send messages that fail: of many, the newest. */
function listed(found: readonly Failure[]): readonly string[] {
  const newest = found.slice(-LISTED)
  const more = `The last ${newest.length} of ${found.length}; --json has all.`
  return [...(found.length > LISTED ? [more, ''] : []), newest.map(block).join('\n\n')]
}

function block({ number, does, why, ticket }: Failure): string {
  const { sender, gasLimit, maxFeePerGas } = ticket
  return formatTable(
    [],
    [
      ['Message', String(number)],
      ['Does', does],
      ['From', `${sender} on L1`],
      ['Gas', `${gasLimit}, at most ${formatEth(maxFeePerGas)} each`],
      ['Failed', why],
    ],
  )
}
