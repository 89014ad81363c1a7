/** @module Why a contract refused: the bytes it gave, decoded. */
import type { Hex } from '@tessera/runtime/bytes'
import { type Abi, decodeErrorResult } from 'viem'
import { errorsAbi } from '../abis/errors.ts'

/** A refusal. `reason` is the revert string, the name of a custom error, or `Panic(0x..)`; empty when there is none. */
export type Revert = {
  readonly reason: string
  /** Of a custom error, e.g. `TicketUsed(bytes32)`. */
  readonly signature?: string
  /** Of a custom error, in the order of its declaration. */
  readonly values: readonly RevertValue[]
}

export type RevertValue = { readonly name: string; readonly value: unknown }

/** Solidity's own errors, `Error(string)` and `Panic(uint256)`, are decoded by viem without an ABI. */
const abi: Abi = errorsAbi

/** Never throws: bytes of unknown errors come back with their selector as reason. */
export function decodeRevert(data: Hex): Revert {
  if (data === '0x') return revertWithText('')
  try {
    const { errorName, args = [], abiItem } = decodeErrorResult({ abi, data })
    if (errorName === 'Error') return revertWithText(String(args[0]))
    if (errorName === 'Panic') return revertWithText(`Panic(0x${BigInt(String(args[0])).toString(16)})`)
    const inputs = 'inputs' in abiItem ? abiItem.inputs : []
    const signature = `${errorName}(${inputs.map(({ type }) => type).join(',')})`
    const values = inputs.map(({ name }, k) => ({ name: name ?? `value ${k + 1}`, value: args[k] }))
    return { reason: errorName, signature, values }
  } catch {
    return revertWithText(`unknown error ${data.slice(0, 10)}`)
  }
}

/** Without values: a revert string, a panic, or the words of a node that sends no data. */
export function revertWithText(reason: string): Revert {
  return { reason, values: [] }
}
