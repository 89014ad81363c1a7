/** @module What can go wrong between us and the chain, each with a stable code. */
import type { Hex } from '@tessera/runtime/bytes'
import { BaseError, type Facts } from '@tessera/runtime/errors'
import { explainRevert } from './reverts/explain.ts'
import type { Revert } from './reverts/revert.ts'

/** `CHAIN_RPC_UNREACHABLE`: no connection, or the connection broke before the answer. */
export class RpcUnreachableError extends BaseError {
  constructor(facts: { endpoint: string; method: string }, cause?: unknown) {
    super({
      code: 'CHAIN_RPC_UNREACHABLE',
      message: `The chain's RPC at ${facts.endpoint} cannot be reached.`,
      advice: 'Check that the chain is running and that the URL is right.',
      facts,
      cause,
      retryable: true,
    })
  }
}

/** `CHAIN_RPC_TIMEOUT`: connected, but no complete answer in time. */
export class RpcTimeoutError extends BaseError {
  constructor(facts: { endpoint: string; method: string; timeoutMs: number }) {
    super({
      code: 'CHAIN_RPC_TIMEOUT',
      message: `The chain's RPC at ${facts.endpoint} did not answer within ${facts.timeoutMs} ms.`,
      advice: 'The node is overloaded or still starting; try again or use another endpoint.',
      facts,
      retryable: true,
    })
  }
}

/** `CHAIN_RPC_FAULT`: the node answered with an error, or with something that is not JSON-RPC. */
export class RpcFaultError extends BaseError {
  constructor(
    facts: { endpoint: string; method: string; rpcCode?: number; rpcMessage?: string; status?: number },
    cause?: unknown,
  ) {
    super({
      code: 'CHAIN_RPC_FAULT',
      message: `The chain's RPC at ${facts.endpoint} refused ${facts.method}: ${answerOf(facts)}.`,
      advice: 'Check that the URL is that of a chain node.',
      facts,
      cause,
      retryable: facts.status === 429 || (facts.status ?? 0) >= 500,
    })
  }
}

/** What the node said, for the sentence; a foreign text, so only its first line, and not much of it. */
function answerOf({ rpcMessage, status }: { rpcMessage?: string; status?: number }): string {
  const said = rpcMessage?.split('\n')[0]?.trim().replace(/\.$/, '').slice(0, 200)
  return said || (status === undefined ? 'no reason given' : `HTTP status ${status}`)
}

/** `CHAIN_WRONG_CHAIN`: the endpoint serves another chain than the configured one. */
export class WrongChainError extends BaseError {
  constructor(facts: { endpoint: string; expected: number; actual: number }) {
    super({
      code: 'CHAIN_WRONG_CHAIN',
      message: `The RPC at ${facts.endpoint} serves chain ${facts.actual}, not ${facts.expected}.`,
      advice: 'Use the RPC URL of the right network.',
      facts,
    })
  }
}

/** `CHAIN_CONTRACT_MISSING`: no code at an address, other code there, or a name the Controller does not know. */
export class ContractMissingError extends BaseError {
  /** `unanswered` is the function that was asked for. */
  constructor(facts: { contract: string; address?: string; unanswered?: string }, cause?: unknown) {
    const at = facts.address ? ` at ${facts.address}` : ''
    const why = facts.unanswered ? `: nothing answers ${facts.unanswered}()` : ''
    super({
      code: 'CHAIN_CONTRACT_MISSING',
      message: `There is no ${facts.contract} contract${at}${why}.`,
      advice: 'Check the address and the network of the RPC URL.',
      facts,
      cause,
    })
  }
}

/**
 * `CHAIN_REVERTED`: a contract refused the call. `reason` is the revert string, the name of the custom error, or
 * `Panic(0x..)`; empty when the contract gave none. Compare `reason`, never the message. The facts hold the values of
 * a custom error under their names.
 */
export class RevertedError extends BaseError {
  readonly reason: string
  readonly revert: Revert
  /** Present when the transaction was mined and reverted; absent when the simulation refused it (nothing was sent). */
  readonly transaction: Hex | undefined

  constructor(facts: { what: string; revert: Revert; transaction?: Hex }, cause?: unknown) {
    const { what, revert, transaction } = facts
    const { says, advice } = explainRevert(revert)
    super({
      code: 'CHAIN_REVERTED',
      message: `${what} was refused by the contract: ${says}.`,
      ...(advice !== undefined && { advice }),
      facts: { ...valueFacts(revert), what, reason: revert.reason, transaction },
      cause,
    })
    this.reason = revert.reason
    this.revert = revert
    this.transaction = transaction
  }
}

/** Lists and structures as JSON text. */
function valueFacts({ values }: Revert): Facts {
  const simple = (value: unknown): string | bigint | number | boolean =>
    typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : typeof value === 'string'
        ? value
        : JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  return Object.fromEntries(values.map(({ name, value }) => [name, simple(value)]))
}

/** `CHAIN_INSUFFICIENT_FUNDS`: the account cannot pay value plus gas. */
export class InsufficientFundsError extends BaseError {
  constructor(facts: { account: string; what: string }, cause?: unknown) {
    super({
      code: 'CHAIN_INSUFFICIENT_FUNDS',
      message: `${facts.account} has too little ETH for ${facts.what}.`,
      advice: 'Send ETH to the account.',
      facts,
      cause,
      retryable: true,
    })
  }
}

/** `CHAIN_FEE_TOO_HIGH`: the network asks for more than the configured cap; nothing was sent. */
export class FeeTooHighError extends BaseError {
  constructor(facts: { baseFeePerGas: bigint; maxFeePerGas: bigint; what: string }) {
    super({
      code: 'CHAIN_FEE_TOO_HIGH',
      message: `Gas costs ${facts.baseFeePerGas} wei, more than the cap of ${facts.maxFeePerGas} wei.`,
      advice: 'Wait for cheaper gas or raise the cap.',
      facts,
      retryable: true,
    })
  }
}

/** `CHAIN_REORG_TOO_DEEP`: the chain replaced more blocks than the stream remembers; read state anew. */
export class ReorgTooDeepError extends BaseError {
  constructor(facts: { depth: number }) {
    super({
      code: 'CHAIN_REORG_TOO_DEEP',
      message: `The chain replaced more than its last ${facts.depth} blocks.`,
      advice: 'Start a new block stream and read all derived state again.',
      facts,
    })
  }
}
