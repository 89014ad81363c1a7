/** @module Why an orchestrator did not do what it was asked, as codes made from Livepeer's texts. */
import { BaseError, type Facts } from '@tessera/runtime/errors'
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

/** Results that no other orchestrator would better, by exact text (LPMS `ffmpeg/ffmpeg_errors.go`). */
const INVALID_SEGMENT: ReadonlySet<string> = new Set([
  'Unsupported input pixel format',
  'Error initializing filtergraph',
  'Too many outputs',
  'Unsupported input codec',
  'No keyframes in input',
  'Unrecoverable state, restart process',
  'Encoded frames runaway',
  'Decoder not found',
  'Demuxer not found',
  'Encoder not found',
  'Muxer not found',
  'Option not found',
  'Invalid argument',
  'TranscoderInvalidResolution',
  'TranscoderInvalidVideo',
  'TranscoderUnrecognizedFormat',
  'TranscoderUnrecognizedProfile',
  'TranscoderInvalidGOP',
  'TranscoderIncompatibleDevices',
])

/** Code of `TranscodeResult.error`. */
export function transcodeFailureCode(text: string): OrchestratorErrorCode {
  if (INVALID_SEGMENT.has(text.trim())) return 'ORCHESTRATOR_SEGMENT_INVALID'
  const code = refusalCode(text)
  return code === 'ORCHESTRATOR_FULL' ? code : 'ORCHESTRATOR_TRANSCODE_FAILED'
}
