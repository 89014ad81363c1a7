/** @module Handing a signed transaction to a node, and what its answer means. */
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import type { ChainClient } from '../client.ts'
import { InsufficientFundsError, RpcFaultError } from '../errors.ts'

/**
 * `accepted`: in a mempool or a block, now or before. `nonce-used`: another transaction of the key took the nonce, or
 * this one is mined. `underpriced`: the node wants higher fees. `unknown`: no answer; it may or may not have arrived.
 */
export type BroadcastOutcome = 'accepted' | 'nonce-used' | 'underpriced' | 'unknown'

// Answers have no agreed codes: these are the words of geth, nitro, erigon, nethermind, reth and anvil.
const ANSWERS: readonly (readonly [RegExp, BroadcastOutcome])[] = [
  [/already (known|imported|exists)|known transaction/i, 'accepted'],
  [/nonce (is )?too low|oldnonce|nonce has already been used/i, 'nonce-used'],
  [/underpriced|less than block base fee|fee too low|replacement/i, 'underpriced'],
]

/** @throws {InsufficientFundsError | RpcFaultError} when the node refuses the transaction for good. */
export async function broadcast(
  client: ChainClient,
  transaction: { readonly raw: Hex; readonly account: string; readonly what: string },
): Promise<BroadcastOutcome> {
  try {
    await client.raw('eth_sendRawTransaction', [transaction.raw])
    return 'accepted'
  } catch (error) {
    if (BaseError.isInstance(error) && error.retryable && error.code !== 'CHAIN_INSUFFICIENT_FUNDS')
      return 'unknown'
    if (BaseError.isInstance(error) && error.code === 'CHAIN_INSUFFICIENT_FUNDS') {
      throw new InsufficientFundsError({ account: transaction.account, what: transaction.what }, error)
    }
    const answer = error instanceof RpcFaultError ? String(error.facts.rpcMessage ?? '') : ''
    const known = ANSWERS.find(([pattern]) => pattern.test(answer))
    if (!known) throw error
    return known[1]
  }
}
