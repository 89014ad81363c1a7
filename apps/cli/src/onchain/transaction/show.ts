/** @module `tessera transaction`: what became of a transaction. */
import { findOutcome } from '@tessera/chain/node/receipts'
import type { Hex } from '@tessera/runtime/bytes'
import { formatEth } from '../amounts.ts'
import type { ReadingOptions } from '../options.ts'
import { FailedTransactionError, NotFoundError, UndecidedError, UsageError } from '../problems.ts'
import { withChain } from '../session.ts'

export function transactionShow(hash: string, options: ReadingOptions): Promise<void> {
  return withChain('transaction', options, async (session) => {
    if (!isHash(hash)) throw new UsageError('A transaction hash is 0x and 64 hex digits.')
    const outcome = await findOutcome(session.client, hash)
    if (!outcome) {
      const known = await session.client.raw('eth_getTransactionByHash', [hash])
      if (known) throw new UndecidedError({ transaction: hash, why: 'It waits for a block.' })
      throw new NotFoundError(
        'This node does not know the transaction: never sent, dropped, or replaced.',
        'Check the hash, and that --rpc is a node of the right chain.',
        { transaction: hash },
      )
    }
    const { receipt, succeeded } = outcome
    const cost = receipt.gasUsed * receipt.gasPrice
    if (!succeeded) {
      throw new FailedTransactionError(formatEth(cost), { hash, block: receipt.blockNumber, cost })
    }
    return {
      result: {
        hash,
        state: 'succeeded',
        block: receipt.blockNumber,
        gas: receipt.gasUsed,
        cost,
      },
      lines: [
        `It succeeded in block ${receipt.blockNumber}; gas ${receipt.gasUsed}, cost ${formatEth(cost)}.`,
      ],
    }
  })
}

function isHash(text: string): text is Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(text)
}
