/** @module Errors that cross the wire: our code, the text go-livepeer's nodes compare, HTTP status, what to do. */

/**
 * What a gateway does next. `same`: repeat with this orchestrator. `refresh`: fetch a new OrchestratorInfo from it,
 * then repeat once. `other`: leave this orchestrator alone for a while, send the segment elsewhere. `never`: the
 * segment itself is at fault, no orchestrator can help.
 */
export type RetryRule = 'same' | 'refresh' | 'other' | 'never'

export type WireError = {
  /** Exact text on the wire, without the newline that ends a plain-text body. */
  readonly text: string
  /** Status of a refused request; 200 for an error inside a TranscodeResult. */
  readonly httpStatus: 200 | 400 | 402 | 403 | 500
  readonly retry: RetryRule
}

/** Documented by their texts; the key is what our code compares and logs. */
export const WIRE_ERRORS = {
  'bad-payment-header': { text: 'payment header cannot be read', httpStatus: 402, retry: 'other' },
  'bad-segment-header': { text: 'ErrorSegEncoding', httpStatus: 403, retry: 'other' },
  'invalid-duration': { text: 'invalid duration', httpStatus: 403, retry: 'never' },
  'bad-segment-signature': { text: 'ErrSegSig', httpStatus: 403, retry: 'other' },
  'incompatible-capabilities': { text: 'incompatible capabilities', httpStatus: 403, retry: 'other' },
  'missing-auth-token': { text: 'missing auth token', httpStatus: 403, retry: 'refresh' },
  'invalid-auth-token': { text: 'invalid auth token', httpStatus: 403, retry: 'refresh' },
  'expired-auth-token': { text: 'expired auth token', httpStatus: 403, retry: 'refresh' },
  'orchestrator-capped': { text: 'OrchestratorCapped', httpStatus: 403, retry: 'other' },
  'orchestrator-busy': { text: 'OrchestratorBusy', httpStatus: 200, retry: 'other' },
  'insufficient-balance': { text: 'Insufficient balance', httpStatus: 400, retry: 'refresh' },
  'insufficient-sender-reserve': { text: 'insufficient sender reserve', httpStatus: 500, retry: 'other' },
  'params-expired': { text: 'TicketParams expired', httpStatus: 400, retry: 'refresh' },
  'invalid-expected-price': {
    text: 'invalid expected price sent with payment',
    httpStatus: 400,
    retry: 'refresh',
  },
  'sender-unlocking': {
    text: 'deposit and reserve for sender is set to unlock soon',
    httpStatus: 400,
    retry: 'other',
  },
  'invalid-recipient': { text: 'invalid ticket recipient', httpStatus: 400, retry: 'refresh' },
  'invalid-sender': { text: 'invalid ticket sender', httpStatus: 400, retry: 'other' },
  'invalid-recipient-rand': {
    text: 'invalid recipientRand for ticket recipientRandHash',
    httpStatus: 400,
    retry: 'refresh',
  },
  'invalid-ticket-signature': { text: 'invalid ticket signature', httpStatus: 400, retry: 'other' },
  'nonce-seen': { text: 'invalid ticket senderNonce: already seen', httpStatus: 400, retry: 'refresh' },
  'too-many-nonces': {
    text: 'invalid ticket senderNonce: too many values',
    httpStatus: 400,
    retry: 'refresh',
  },
  'unreadable-body': { text: 'BadRequest', httpStatus: 400, retry: 'other' },
  'wrong-segment-hash': { text: 'Forbidden', httpStatus: 403, retry: 'same' },
  'no-workers': { text: 'no transcoders available', httpStatus: 200, retry: 'other' },
  'no-capable-workers': {
    text: 'no transcoders can provide requested capabilities',
    httpStatus: 200,
    retry: 'other',
  },
  'worker-too-slow': { text: 'Remote transcoder took too long', httpStatus: 200, retry: 'other' },
  'mismatched-segments': { text: 'MismatchedSegments', httpStatus: 200, retry: 'other' },
  'no-renditions': { text: 'ZeroSegments', httpStatus: 200, retry: 'other' },
  'no-keyframes': { text: 'No keyframes in input', httpStatus: 200, retry: 'never' },
  'unsupported-codec': { text: 'Unsupported input codec', httpStatus: 200, retry: 'never' },
  'unsupported-pixel-format': { text: 'Unsupported input pixel format', httpStatus: 200, retry: 'never' },
  'invalid-video': { text: 'TranscoderInvalidVideo', httpStatus: 200, retry: 'never' },
  'invalid-resolution': { text: 'TranscoderInvalidResolution', httpStatus: 200, retry: 'never' },
  'unrecognized-format': { text: 'TranscoderUnrecognizedFormat', httpStatus: 200, retry: 'never' },
  'unrecognized-profile': { text: 'TranscoderUnrecognizedProfile', httpStatus: 200, retry: 'never' },
  'invalid-gop': { text: 'TranscoderInvalidGOP', httpStatus: 200, retry: 'never' },
} as const

export type WireErrorCode = keyof typeof WIRE_ERRORS

const TABLE: Readonly<Record<WireErrorCode, WireError>> = WIRE_ERRORS

/** Further texts of go-livepeer for which its gateway gives the segment up. */
const HOPELESS_TEXTS: ReadonlySet<string> = new Set([
  'Error initializing filtergraph',
  'Too many outputs',
  'Unrecoverable state, restart process',
  'Encoded frames runaway',
  'Decoder not found',
  'Demuxer not found',
  'Encoder not found',
  'Muxer not found',
  'Option not found',
  'Invalid argument',
  'TranscoderIncompatibleDevices',
])

/** Longest text first, so that a text that begins another is not found in its place. */
const CODES_BY_TEXT: readonly (readonly [string, WireErrorCode])[] = (
  Object.keys(WIRE_ERRORS) as WireErrorCode[]
)
  .map((code) => [TABLE[code].text, code] as const)
  .sort(([a], [b]) => b.length - a.length)

/** The error a peer's text stands for; peers may append facts. An unknown text has no code and says: go elsewhere. */
export function readWireError(text: string): { readonly code?: WireErrorCode; readonly retry: RetryRule } {
  const trimmed = text.trim()
  const known = CODES_BY_TEXT.find(([start]) => trimmed.startsWith(start))
  if (known) return { code: known[1], retry: TABLE[known[1]].retry }
  return { retry: HOPELESS_TEXTS.has(trimmed) ? 'never' : 'other' }
}
