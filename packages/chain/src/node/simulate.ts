/** @module Runs several calls after each other on the newest state without sending any: eth_simulateV1. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { numberToHex } from 'viem'
import type { ChainClient } from '../client.ts'
import { RpcFaultError } from '../errors.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** What one call would do. `gas` is what it used, without the refund a transaction may get at its end. */
export type SimulatedCall = { readonly succeeded: boolean; readonly returned: Hex; readonly gas: bigint }

type Call = Pick<TransactionCall, 'to' | 'data' | 'value'>

/** JSON-RPC 2.0 §5.1, and what nodes say that know the method and have it switched off. */
const NOT_OFFERED = /not (found|supported|available|exist|allowed)|unsupported|unknown method/i
const METHOD_NOT_FOUND = -32_601

/**
 * Each call sees what those before it changed, all in one block on top of the newest. Nothing when the node does not
 * offer it (geth, reth, nethermind and anvil do).
 *
 * @throws {InsufficientFundsError | RpcFaultError} and the RPC's other errors.
 */
export async function simulate(
  client: ChainClient,
  from: Address,
  calls: readonly Call[],
): Promise<readonly SimulatedCall[] | undefined> {
  const request = {
    blockStateCalls: [
      {
        calls: calls.map(({ to, data, value }) => ({
          from,
          ...(to && { to }),
          data,
          value: numberToHex(value),
        })),
      },
    ],
  }
  try {
    return parseCalls(await client.raw('eth_simulateV1', [request, 'latest']), calls.length)
  } catch (error) {
    if (!(error instanceof RpcFaultError)) throw error
    const { rpcCode, rpcMessage } = error.facts
    if (rpcCode === METHOD_NOT_FOUND || NOT_OFFERED.test(String(rpcMessage))) return undefined
    throw error
  }
}

function parseCalls(answer: unknown, count: number): readonly SimulatedCall[] {
  const [block]: unknown[] = Array.isArray(answer) ? answer : []
  const calls: unknown = fieldsOf(block).calls
  if (!Array.isArray(calls) || calls.length !== count) throw malformed('the number of calls')
  return calls.map((call: unknown) => {
    const { status, returnData, gasUsed } = fieldsOf(call)
    if (typeof returnData !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(returnData))
      throw malformed('returnData')
    if (typeof gasUsed !== 'string' || !/^0x[0-9a-f]{1,16}$/i.test(gasUsed)) throw malformed('gasUsed')
    // Checked to be hex above.
    return { succeeded: status === '0x1', returned: returnData as Hex, gas: BigInt(gasUsed) }
  })
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function malformed(field: string): RpcFaultError {
  const rpcMessage = `The answer has no usable ${field}.`
  return new RpcFaultError({ endpoint: 'the RPC', method: 'eth_simulateV1', rpcMessage })
}
