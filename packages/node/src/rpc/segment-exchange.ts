/** @module One segment's round trip: upload, result, download of the renditions, check of the signature. */
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import { resultSigner } from '@tessera/protocol/orchestrator-info'
import type { TranscodeResult } from '@tessera/protocol/transcode-result'
import { isSignedBy, resultHash } from '@tessera/protocol/wire/signatures'
import { decodeTranscodeResult } from '@tessera/protocol/wire/transcode-result'
import type { Clock } from '@tessera/runtime/clock'
import { MalformedError } from '@tessera/runtime/errors'
import { checkAnnouncedUrl } from './announced-url.ts'
import type { HttpClient } from './http-client.ts'
import type { DeliveredSegment, SegmentRequest } from './orchestrator-api.ts'
import {
  badAnswer,
  OrchestratorError,
  refusal,
  transcodeFailureCode,
  translateError,
} from './orchestrator-error.ts'

/** go-livepeer's limit: the larger of 2 s and half the duration. */
const UPLOAD = { leastMs: 2_000, perDuration: 0.5 } as const
/**
 * Longer than go-livepeer's 8 s and 4 ×: a late segment is asked of a second, idle orchestrator long before (see the
 * gateway's `segment-delivery`), and giving up earlier makes saturated nodes do the same work again.
 */
const TOTAL = { leastMs: 20_000, perDuration: 8 } as const
const MAX_RESULT_BYTES = 512 * 1024
/** A rendition is at most as large as its bitrate allows, generously: encoders overshoot, audio and container add. */
const RENDITION_SLACK = 4
const RENDITION_LEAST_BYTES = 4 << 20

type Deps = {
  readonly headers: Readonly<Record<string, string>>
  readonly http: HttpClient
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

export async function exchangeSegment(request: SegmentRequest, deps: Deps): Promise<DeliveredSegment> {
  const { result, uploadMs, transcodeMs } = await submit(request, deps)
  const { info: nextQuote, outcome } = result
  const { url } = request.quote
  if (outcome.kind === 'failed') {
    throw new OrchestratorError({
      code: transcodeFailureCode(outcome.error),
      message: 'The orchestrator could not transcode the segment.',
      paymentFate: 'credited',
      nextQuote,
      facts: { url, text: outcome.error, seq: request.segment.seq },
    })
  }
  const startedMs = deps.clock.monotonicMs()
  try {
    if (outcome.renditions.length !== request.profiles.length) {
      throw new MalformedError('result: not one rendition a profile', {
        renditions: outcome.renditions.length,
      })
    }
    const bytes = await Promise.all(outcome.renditions.map((_, i) => download(request, result, i, deps)))
    checkSignature(request, outcome.signature, bytes)
    return {
      renditions: outcome.renditions.map(({ pixels }, i) => ({
        name: request.profiles[i]!.name,
        bytes: bytes[i]!,
        pixels,
      })),
      ...(nextQuote && { nextQuote }),
      uploadMs,
      transcodeMs,
      downloadMs: deps.clock.monotonicMs() - startedMs,
    }
  } catch (error) {
    throw translateError(url, error, deps.signal, { paymentFate: 'credited', nextQuote })
  }
}

async function submit(
  { quote, segment }: SegmentRequest,
  deps: Deps,
): Promise<{ result: TranscodeResult; uploadMs: number; transcodeMs: number }> {
  const startedMs = deps.clock.monotonicMs()
  let uploadedMs = startedMs
  try {
    const answer = await deps.http.request({
      method: 'POST',
      url: `${quote.url}/segment`,
      headers: { ...deps.headers, 'Content-Type': 'video/MP2T' },
      body: segment.bytes,
      headersTimeoutMs: limitMs(UPLOAD, segment.duration),
      totalTimeoutMs: limitMs(TOTAL, segment.duration),
      maxAnswerBytes: MAX_RESULT_BYTES,
      signal: deps.signal,
      onHeaders: () => {
        uploadedMs = deps.clock.monotonicMs()
      },
    })
    if (answer.status !== 200) throw refusal(quote.url, answer)
    const result = parseResult(answer.body, quote.url)
    return {
      result,
      uploadMs: uploadedMs - startedMs,
      transcodeMs: deps.clock.monotonicMs() - uploadedMs,
    }
  } catch (error) {
    throw translateError(quote.url, error, deps.signal)
  }
}

function limitMs(rule: { leastMs: number; perDuration: number }, durationMs: number): number {
  return Math.max(rule.leastMs, rule.perDuration * durationMs)
}

function parseResult(body: Uint8Array, url: string): TranscodeResult {
  try {
    const result = decodeTranscodeResult(body)
    if (result.info) checkAnnouncedUrl(result.info.url, url)
    return result
  } catch (cause) {
    throw badAnswer(url, 'unknown', cause)
  }
}

async function download(
  { quote, segment, profiles }: SegmentRequest,
  result: TranscodeResult,
  index: number,
  deps: Deps,
): Promise<Uint8Array> {
  const rendition = result.outcome.kind === 'done' ? result.outcome.renditions[index] : undefined
  const url = new URL(rendition?.url ?? '', quote.url)
  // Renditions lie on the orchestrator: a gateway fetches nothing that a peer points at elsewhere.
  if (url.host !== new URL(quote.url).host) throw new MalformedError('rendition URL: another host')
  const bits = profiles[index]!.bitrateBps * (segment.duration / 1000)
  const answer = await deps.http.request({
    method: 'GET',
    url: url.href,
    headersTimeoutMs: limitMs(UPLOAD, segment.duration),
    totalTimeoutMs: limitMs(TOTAL, segment.duration),
    maxAnswerBytes: RENDITION_LEAST_BYTES + Math.ceil((bits / 8) * RENDITION_SLACK),
    signal: deps.signal,
  })
  if (answer.status !== 200) throw refusal(quote.url, answer)
  return answer.body
}

function checkSignature(request: SegmentRequest, signature: Uint8Array, bytes: readonly Uint8Array[]): void {
  const signer = resultSigner(request.quote)
  // Off chain nobody has a key.
  if (signer === ZERO_ADDRESS) return
  if (!isSignedBy(signer, resultHash(bytes.map(keccak256)), signature)) {
    throw new MalformedError('result: its signature is not the orchestrator’s', { url: request.quote.url })
  }
}
