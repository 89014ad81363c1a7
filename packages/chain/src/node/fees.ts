/** @module What to pay for gas (EIP-1559): quotes under a cap, and replacements that nodes accept. */
import { mulDivUp } from '@tessera/protocol/units'
import type { ChainClient } from '../client.ts'
import { FeeTooHighError } from '../errors.ts'

/** In wei for one unit of gas. */
export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/** Nodes demand 10 % more on both fees of a replacement (geth's `txpool.pricebump`); an eighth leaves room. */
const BUMP_NUMERATOR = 9n
const BUMP_DENOMINATOR = 8n

/** Twice the base fee plus the node's tip: good for six full blocks in a row, and only what is needed is charged. */
export async function quoteFees(client: ChainClient, cap: bigint, what: string): Promise<Fees> {
  const [block, tip] = await Promise.all([
    client.guard(client.viem.getBlock(), { what: 'eth_getBlockByNumber' }),
    client.guard(client.viem.estimateMaxPriorityFeePerGas(), { what: 'eth_maxPriorityFeePerGas' }),
  ])
  const baseFee = block.baseFeePerGas ?? 0n
  if (baseFee > cap) throw new FeeTooHighError({ baseFeePerGas: baseFee, maxFeePerGas: cap, what })
  const maxFeePerGas = smaller(2n * baseFee + tip, cap)
  return { maxFeePerGas, maxPriorityFeePerGas: smaller(tip, maxFeePerGas) }
}

/** The least that replaces `last` and follows the market, or nothing when that is above the cap. */
export function bumpFees(last: Fees, market: Fees, cap: bigint): Fees | undefined {
  const maxFeePerGas = larger(bumped(last.maxFeePerGas), market.maxFeePerGas)
  const maxPriorityFeePerGas = larger(bumped(last.maxPriorityFeePerGas), market.maxPriorityFeePerGas)
  if (maxFeePerGas > cap) return undefined
  return { maxFeePerGas, maxPriorityFeePerGas: smaller(maxPriorityFeePerGas, maxFeePerGas) }
}

// One wei more, so that a fee of 0 grows too.
const bumped = (fee: bigint): bigint => mulDivUp(fee, BUMP_NUMERATOR, BUMP_DENOMINATOR) + 1n
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
