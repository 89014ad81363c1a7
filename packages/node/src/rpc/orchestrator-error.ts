/** @module Why an orchestrator did not do what it was asked, as codes made from Livepeer's texts. */
import { readWireError } from '@tessera/protocol/wire/error-codes'
import { BaseError, type Facts } from '@tessera/runtime/errors'
import { GrpcRefusal } from './grpc-call.ts'
import { PeerError } from './http-client.ts'
import type { Quote } from './orchestrator-api.ts'

/** What the caller can do about it: see the comment of each code. */
export type OrchestratorErrorCode =
  /** No connection, or it broke. Try another; this one is suspect. */
  | 'ORCHESTRATOR_UNREACHABLE'
  /** No answer within the time allowed. As unreachable. */
  | 'ORCHESTRATOR_TIMEOUT'
  /** Has no free slot. Try another, without blame. */
  | 'ORCHESTRATOR_FULL'
  /** The session's balance is too low: pay more, same orchestrator. */
  | 'ORCHESTRATOR_WANTS_PAYMENT'
  /** Ticket parameters or auth token are out of date: get a new quote, same orchestrator. */
  | 'ORCHESTRATOR_QUOTE_STALE'
  /** A ticket's nonce was seen: get a new quote, same orchestrator. */
  | 'ORCHESTRATOR_NONCE_SEEN'
  /** Deposit or reserve on chain is missing, too small or being withdrawn: fund the gateway. */
  | 'ORCHESTRATOR_SENDER_UNFUNDED'
  /** A ticket was not accepted for another reason. Try another. */
  | 'ORCHESTRATOR_PAYMENT_REFUSED'
  /** Refused for a reason without a code of its own; the text is in the facts. */
  | 'ORCHESTRATOR_REFUSED'
  /** The segment itself cannot be transcoded by anyone. Do not retry. */
  | 'ORCHESTRATOR_SEGMENT_INVALID'
  /** Transcoding failed there. Try another. */
  | 'ORCHESTRATOR_TRANSCODE_FAILED'
  /** The answer breaks the protocol, or its signature or size is wrong. Try another. */
  | 'ORCHESTRATOR_BAD_ANSWER'

/**
 * - `not-sent`: the tickets never left; use them again.
 * - `refused`: the orchestrator said no before it credited all of them; treat them as spent, no credit.
 * - `credited`: the orchestrator took them (it got as far as transcoding); the credit is still there.
 * - `unknown`: sent, and no answer tells. Treat as spent.
 */
export type PaymentFate = 'not-sent' | 'refused' | 'credited' | 'unknown'

export class OrchestratorError extends BaseError {
  declare readonly code: OrchestratorErrorCode
  readonly paymentFate: PaymentFate
  /** Fresh parameters that came with the failure. */
  readonly nextQuote: Quote | undefined

  constructor(options: {
    readonly code: OrchestratorErrorCode
    readonly message: string
    readonly paymentFate: PaymentFate
    readonly nextQuote?: Quote | undefined
    readonly facts?: Facts
    readonly cause?: unknown
  }) {
    super({
      code: options.code,
      message: options.message,
      retryable: options.code !== 'ORCHESTRATOR_SEGMENT_INVALID',
      cause: options.cause,
      ...(options.facts && { facts: options.facts }),
    })
    this.paymentFate = options.paymentFate
    this.nextQuote = options.nextQuote
  }
}

/** Of a peer's text, in characters: what is kept of it. */
const MAX_TEXT = 300

type TextRule = readonly [text: string, code: OrchestratorErrorCode]

/** Texts of go-livepeer nodes, matched as substrings without regard to case, first match wins. */
const REFUSALS: readonly TextRule[] = [
  ['orchestratorcapped', 'ORCHESTRATOR_FULL'],
  ['orchestratorbusy', 'ORCHESTRATOR_FULL'],
  ['transcoderbusy', 'ORCHESTRATOR_FULL'],
  ['insufficient capacity', 'ORCHESTRATOR_FULL'],
  ['insufficient balance', 'ORCHESTRATOR_WANTS_PAYMENT'],
  ['ticketparams expired', 'ORCHESTRATOR_QUOTE_STALE'],
  ['auth token', 'ORCHESTRATOR_QUOTE_STALE'],
  ['invalid recipientrand', 'ORCHESTRATOR_QUOTE_STALE'],
  ['invalid ticket sendernonce', 'ORCHESTRATOR_NONCE_SEEN'],
  ['insufficient sender reserve', 'ORCHESTRATOR_SENDER_UNFUNDED'],
  ['no sender deposit', 'ORCHESTRATOR_SENDER_UNFUNDED'],
  ['no sender reserve', 'ORCHESTRATOR_SENDER_UNFUNDED'],
  ['is set to unlock', 'ORCHESTRATOR_SENDER_UNFUNDED'],
  ['ticket', 'ORCHESTRATOR_PAYMENT_REFUSED'],
  ['expected price', 'ORCHESTRATOR_PAYMENT_REFUSED'],
  ['process payments', 'ORCHESTRATOR_PAYMENT_REFUSED'],
]

/** Code of a refusal (HTTP status other than 200, or a gRPC error) by its text. */
export function refusalCode(text: string): OrchestratorErrorCode {
  const lower = text.toLowerCase()
  return REFUSALS.find(([part]) => lower.includes(part))?.[1] ?? 'ORCHESTRATOR_REFUSED'
}

/** Code of `TranscodeResult.error`. */
export function transcodeFailureCode(text: string): OrchestratorErrorCode {
  if (readWireError(text).retry === 'never') return 'ORCHESTRATOR_SEGMENT_INVALID'
  const code = refusalCode(text)
  return code === 'ORCHESTRATOR_FULL' ? code : 'ORCHESTRATOR_TRANSCODE_FAILED'
}

/** An answer with another status than 200. */
export function refusal(
  url: string,
  answer: { readonly status: number; readonly body: Uint8Array },
): OrchestratorError {
  const text = new TextDecoder().decode(answer.body.subarray(0, MAX_TEXT)).trim()
  return new OrchestratorError({
    code: refusalCode(text),
    message: 'The orchestrator refused the request.',
    paymentFate: 'refused',
    facts: { url, status: answer.status, text },
  })
}

export function badAnswer(url: string, paymentFate: PaymentFate, cause: unknown): OrchestratorError {
  return new OrchestratorError({
    code: 'ORCHESTRATOR_BAD_ANSWER',
    message: 'The orchestrator’s answer breaks the protocol.',
    paymentFate,
    facts: { url },
    cause,
  })
}

/** Whatever a call threw, as an `OrchestratorError`; the caller's own abort passes through. */
export function translateError(
  url: string,
  error: unknown,
  signal: AbortSignal | undefined,
  known: { readonly paymentFate?: PaymentFate; readonly nextQuote?: Quote | undefined } = {},
): unknown {
  if (signal?.aborted && error === signal.reason) return error
  if (error instanceof OrchestratorError) {
    return known.paymentFate ? withKnown(error, known.paymentFate, known.nextQuote) : error
  }
  if (error instanceof PeerError) {
    const code = error.code === 'PEER_TIMEOUT' ? 'ORCHESTRATOR_TIMEOUT' : 'ORCHESTRATOR_UNREACHABLE'
    const paymentFate = known.paymentFate ?? (error.wasSent ? 'unknown' : 'not-sent')
    const { nextQuote } = known
    return new OrchestratorError({
      code,
      message: error.message,
      paymentFate,
      nextQuote,
      facts: { url },
      cause: error,
    })
  }
  if (error instanceof GrpcRefusal) {
    return new OrchestratorError({
      code: refusalCode(error.message),
      message: 'The orchestrator refused the request.',
      paymentFate: 'not-sent',
      facts: { url, text: error.message.slice(0, MAX_TEXT) },
      cause: error,
    })
  }
  return badAnswer(url, known.paymentFate ?? 'unknown', error)
}

function withKnown(error: OrchestratorError, paymentFate: PaymentFate, nextQuote?: Quote): OrchestratorError {
  const { code, message, facts, cause } = error
  return new OrchestratorError({ code, message, facts, cause, paymentFate, nextQuote })
}
