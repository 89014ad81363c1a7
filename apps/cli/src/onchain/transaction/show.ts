/** @module `tessera transaction`: what became of a transaction. */
import { findOutcome } from '@tessera/chain/node/receipts'
import type { Hex } from '@tessera/runtime/bytes'
import { formatEth } from '../amounts.ts'
import type { ReadingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { withChain } from '../session.ts'

export function transactionShow(hash: string, options: ReadingOptions): Promise<void> {
  return withChain('transaction', options, async (session) => {
    if (!isHash(hash)) throw new UsageError('A transaction hash is 0x and 64 hex digits.')
    const outcome = await findOutcome(session.client, hash)
    if (!outcome) {
      const known = await session.client.raw('eth_getTransactionByHash', [hash])
      return known === null || known === undefined
        ? {
            result: { hash, state: 'unknown' },
            lines: ['This node does not know the transaction: never sent, dropped, or replaced.'],
          }
        : { result: { hash, state: 'waiting' }, lines: ['It waits for a block.'] }
    }
    const { receipt, succeeded } = outcome
    const cost = receipt.gasUsed * receipt.gasPrice
    return {
      result: {
        hash,
        state: succeeded ? 'succeeded' : 'reverted',
        block: receipt.blockNumber,
        gas: receipt.gasUsed,
        cost,
      },
      lines: [
        `It ${succeeded ? 'succeeded' : 'was refused by the contract'} in block ${receipt.blockNumber}; gas ${receipt.gasUsed}, cost ${formatEth(cost)}.`,
      ],
    }
  })
}

function isHash(text: string): text is Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(text)
}
