/** @module Receipts of transactions, and why one failed. */
import { type Address, address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { numberToHex, TransactionReceiptNotFoundError } from 'viem'
import type { ChainClient } from '../client.ts'
import { RevertedError } from '../errors.ts'
import { revertWithText } from '../reverts/revert.ts'
import type { TransactionCall, TransactionReceipt } from '../transaction-call.ts'

export type Outcome = { readonly receipt: TransactionReceipt; readonly succeeded: boolean }

/** Nothing while the transaction is in no block of the current chain. */
export async function findOutcome(client: ChainClient, hash: Hex): Promise<Outcome | undefined> {
  const search = client.viem.getTransactionReceipt({ hash }).catch((error: unknown) => {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  })
  const found = await client.guard(search, { what: 'eth_getTransactionReceipt' })
  if (!found) return undefined
  return {
    succeeded: found.status === 'success',
    receipt: {
      hash,
      blockNumber: found.blockNumber,
      blockHash: found.blockHash,
      gasUsed: found.gasUsed,
      gasPrice: found.effectiveGasPrice,
      ...(found.contractAddress && { contractAddress: address(found.contractAddress) }),
    },
  }
}

/**
 * Gas the call needs on top of all pending transactions: also the simulation that finds reverts before anything is
 * sent. @throws {RevertedError | InsufficientFundsError} and the RPC's errors.
 */
export async function estimateGas(
  client: ChainClient,
  from: Address,
  call: TransactionCall,
): Promise<bigint> {
  const estimate = client.raw('eth_estimateGas', [request(from, call), 'pending'])
  return BigInt(String(await named(call, estimate)))
}

/** Runs a mined, failed transaction again on the state of its block to learn the reason; the block may hide it. */
export async function explainRevert(
  client: ChainClient,
  from: Address,
  call: TransactionCall,
  receipt: TransactionReceipt,
): Promise<RevertedError> {
  const transaction = receipt.hash
  try {
    await client.raw('eth_call', [request(from, call), numberToHex(receipt.blockNumber)])
  } catch (error) {
    if (error instanceof RevertedError) {
      return new RevertedError({ what: call.what, revert: error.revert, transaction }, error)
    }
  }
  return new RevertedError({ what: call.what, revert: revertWithText(''), transaction })
}

function request(from: Address, call: TransactionCall): Record<string, string> {
  return { from, ...(call.to && { to: call.to }), data: call.data, value: numberToHex(call.value) }
}

/** Says which call a revert belongs to instead of naming the RPC method. */
async function named<T>(call: TransactionCall, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RevertedError)
      throw new RevertedError({ what: call.what, revert: error.revert }, error)
    throw error
  }
}
