/** @module viem's errors translated into ours, at the one boundary where they appear. */
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import {
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  RpcRequestError,
  InsufficientFundsError as ViemInsufficientFundsError,
} from 'viem'
import { ContractMissingError, InsufficientFundsError, RevertedError, RpcFaultError } from './errors.ts'
import { decodeRevert, revertWithText } from './reverts/revert.ts'

type About = { readonly endpoint: string; readonly what: string; readonly address?: string | undefined }

/** Finds the telling error in a chain of causes. Errors that are already ours come back as they are. */
export function translateChainError(error: unknown, about: About): BaseError {
  const causes = causesOf(error)
  const ours = causes.find((cause) => BaseError.isInstance(cause))
  if (ours) return ours
  for (const cause of causes) {
    if (cause instanceof ContractFunctionZeroDataError) {
      return new ContractMissingError(
        { contract: 'such', unanswered: about.what, ...(about.address && { address: about.address }) },
        error,
      )
    }
    if (cause instanceof ContractFunctionRevertedError && cause.raw) {
      return new RevertedError({ what: about.what, revert: decodeRevert(cause.raw) }, error)
    }
    if (cause instanceof ViemInsufficientFundsError) {
      return new InsufficientFundsError({ account: about.address ?? '', what: about.what }, error)
    }
  }
  const answer = causes.find((cause) => cause instanceof RpcRequestError)
  if (answer) return translateRpcAnswer(answer, about)
  return new RpcFaultError(
    { endpoint: about.endpoint, method: about.what, rpcMessage: firstLine(error) },
    error,
  )
}

function translateRpcAnswer(answer: RpcRequestError, about: About): BaseError {
  const data = revertDataOf(answer.data)
  // EIP-1474 has no code for reverts: geth and anvil use 3, others -32000 or -32015 with "revert" in the text.
  if (data !== undefined || answer.code === 3 || /revert/i.test(answer.details)) {
    const revert = data === undefined ? revertWithText(reasonInText(answer.details)) : decodeRevert(data)
    return new RevertedError({ what: about.what, revert }, answer)
  }
  if (/insufficient funds/i.test(answer.details)) {
    return new InsufficientFundsError({ account: about.address ?? '', what: about.what }, answer)
  }
  return new RpcFaultError(
    { endpoint: about.endpoint, method: about.what, rpcCode: answer.code, rpcMessage: answer.details },
    answer,
  )
}

function revertDataOf(data: unknown): Hex | undefined {
  const hex = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
  return typeof hex === 'string' && /^0x([0-9a-f]{2})*$/i.test(hex) ? (hex as Hex) : undefined
}

function reasonInText(text: string): string {
  return /revert(?:ed)?:?\s*(.*)$/i.exec(text)?.[1] ?? ''
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = []
  for (let at = error; at instanceof Error && causes.length < 16; at = at.cause) causes.push(at)
  return causes.length > 0 ? causes : [error]
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0]?.slice(0, 300) ?? ''
}
