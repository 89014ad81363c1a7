/** @module The gateway's side of Livepeer's wire: quotes over gRPC, segments and payments over HTTPS. */
import { createClient } from '@connectrpc/connect'
import { ZERO_ADDRESS } from '@tessera/protocol/address'
import { Orchestrator } from '@tessera/protocol/gen/net/session_pb'
import { keccak256 } from '@tessera/protocol/keccak'
import type { OrchestratorInfo } from '@tessera/protocol/orchestrator-info'
import type { SegmentOrder } from '@tessera/protocol/segment-order'
import type { Signer } from '@tessera/protocol/signer'
import { durationMs, seq } from '@tessera/protocol/units'
import { authTokenToWire } from '@tessera/protocol/wire/auth-token'
import { PAYMENT_HEADER, SEGMENT_HEADER } from '@tessera/protocol/wire/headers'
import { orchestratorInfoFromWire, orchestratorRequestToWire } from '@tessera/protocol/wire/orchestrator-info'
import { encodePaymentHeader, NO_PAYMENT } from '@tessera/protocol/wire/payment'
import { encodeSegmentHeader } from '@tessera/protocol/wire/segment-order'
import { orchestratorRequestHash, segmentOrderHash } from '@tessera/protocol/wire/signatures'
import { decodePaymentResult } from '@tessera/protocol/wire/transcode-result'
import type { Clock } from '@tessera/runtime/clock'
import { checkAnnouncedUrl } from './announced-url.ts'
import { unaryCall } from './grpc-call.ts'
import { HttpClient, type PeerAnswer } from './http-client.ts'
import {
  capabilitiesFor,
  liveCapabilities,
  liveManifestId,
  transcodingCapabilities,
} from './job-capabilities.ts'
import type {
  DeliveredSegment,
  Needs,
  OrchestratorApi,
  PaymentRequest,
  Quote,
  RealtimeChannels,
  RealtimeRequest,
  SegmentRequest,
} from './orchestrator-api.ts'
import { badAnswer, refusal, translateError } from './orchestrator-error.ts'
import { parseRealtimeChannels } from './realtime-channels.ts'
import { exchangeSegment } from './segment-exchange.ts'

type CallOptions = { readonly signal?: AbortSignal | undefined }

/** `/payment` and `/live-video-to-video`: go-livepeer's gateway gives the latter 5 s. */
const SHORT_CALL_MS = 5_000
const MAX_SHORT_ANSWER_BYTES = 512 * 1024

/**
 * `signer` is the gateway's key, or `anonymousSigner` off chain. One client serves all orchestrators and keeps
 * connections to them.
 */
export class OrchestratorClient implements OrchestratorApi {
  readonly #clock: Clock
  readonly #signer: Signer
  readonly #http: HttpClient
  /** The request's signature is the same for ever (go-livepeer wire). */
  #requestSignature: Promise<Uint8Array> | undefined

  constructor(deps: { readonly clock: Clock; readonly signer: Signer }) {
    this.#clock = deps.clock
    this.#signer = deps.signer
    this.#http = new HttpClient(deps.clock)
  }

  async getQuote(
    url: string,
    needs: Needs,
    options: CallOptions & { readonly isRefresh?: boolean } = {},
  ): Promise<Quote> {
    this.#requestSignature ??= this.#signer.signMessageHash(orchestratorRequestHash(this.#signer.address))
    const request = orchestratorRequestToWire({
      sender: this.#signer.address,
      signature: await this.#requestSignature,
      capabilities: capabilitiesFor(needs),
      ignoresCapacity: options.isRefresh ?? false,
    })
    return this.#grpc(url, options, async (transport, callOptions) => {
      const answer = await createClient(Orchestrator, transport).getOrchestrator(request, callOptions)
      const info = orchestratorInfoFromWire(answer)
      checkAnnouncedUrl(info.url, url)
      return info
    })
  }

  async submitSegment(request: SegmentRequest, options: CallOptions = {}): Promise<DeliveredSegment> {
    const { quote, segment, profiles } = request
    const headers = await this.#headers(quote, request.payment, {
      manifestId: segment.manifestId,
      seq: segment.seq,
      hash: keccak256(segment.bytes),
      duration: segment.duration,
      profiles,
      capabilities: transcodingCapabilities(profiles),
    })
    return exchangeSegment(request, { headers, http: this.#http, clock: this.#clock, signal: options.signal })
  }

  async pay(request: PaymentRequest, options: CallOptions = {}): Promise<Quote | undefined> {
    const headers = await this.#headers(request.quote, request.payment, {
      ...EMPTY_ORDER,
      manifestId: request.manifestId,
      capabilities: capabilitiesFor(request.needs),
    })
    const answer = await this.#post(`${request.quote.url}/payment`, headers, undefined, options)
    try {
      const info = decodePaymentResult(answer.body)
      if (info) checkAnnouncedUrl(info.url, request.quote.url)
      return info
    } catch {
      // The tickets are in; without fresh parameters the old ones serve until they expire.
      return undefined
    }
  }

  async startRealtime(request: RealtimeRequest, options: CallOptions = {}): Promise<RealtimeChannels> {
    const { quote, modelId, streamId } = request
    const headers = await this.#headers(quote, request.payment, {
      ...EMPTY_ORDER,
      manifestId: liveManifestId(modelId),
      capabilities: liveCapabilities(modelId),
    })
    const body = JSON.stringify({
      stream_id: streamId,
      model_id: modelId,
      params: request.params,
      gateway_request_id: streamId,
      publish_url: '',
      subscribe_url: '',
    })
    const json = { ...headers, 'Content-Type': 'application/json', Authorization: 'Livepeer-AI-Worker-1.0' }
    const answer = await this.#post(
      `${quote.url}/live-video-to-video`,
      json,
      new TextEncoder().encode(body),
      options,
    )
    try {
      return parseRealtimeChannels(answer.body, quote.url)
    } catch (cause) {
      throw badAnswer(quote.url, 'credited', cause)
    }
  }

  async endSession(quote: Quote, options: CallOptions = {}): Promise<void> {
    await this.#grpc(quote.url, options, (transport, callOptions) =>
      createClient(Orchestrator, transport).endTranscodingSession(
        { authToken: authTokenToWire(quote.authToken) },
        callOptions,
      ),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http[Symbol.dispose]()
  }

  async #headers(
    quote: OrchestratorInfo,
    payment: SegmentRequest['payment'],
    order: Omit<SegmentOrder, 'signature' | 'authToken'>,
  ): Promise<Record<string, string>> {
    const signature = await this.#signer.signMessageHash(segmentOrderHash(order))
    const isOffChain = this.#signer.address === ZERO_ADDRESS
    const sender = { sender: this.#signer.address, tickets: [] }
    return {
      [SEGMENT_HEADER]: encodeSegmentHeader({ ...order, authToken: quote.authToken, signature }),
      [PAYMENT_HEADER]: encodePaymentHeader(payment ?? (isOffChain ? NO_PAYMENT : sender)),
    }
  }

  async #post(
    url: string,
    headers: Record<string, string>,
    body: Uint8Array | undefined,
    options: CallOptions,
  ): Promise<PeerAnswer> {
    try {
      const answer = await this.#http.request({
        method: 'POST',
        url,
        headers,
        body: body ?? new Uint8Array(),
        headersTimeoutMs: SHORT_CALL_MS,
        totalTimeoutMs: SHORT_CALL_MS,
        maxAnswerBytes: MAX_SHORT_ANSWER_BYTES,
        signal: options.signal,
      })
      if (answer.status !== 200) throw refusal(url, answer)
      return answer
    } catch (error) {
      throw translateError(url, error, options.signal)
    }
  }

  async #grpc<T>(url: string, options: CallOptions, call: Parameters<typeof unaryCall<T>>[3]): Promise<T> {
    try {
      return await unaryCall(url, { clock: this.#clock }, options, call)
    } catch (error) {
      throw translateError(url, error, options.signal)
    }
  }
}

/** Payments carry the order of a segment that does not exist (go-livepeer wire). */
const EMPTY_ORDER = {
  seq: seq(0),
  hash: keccak256(new Uint8Array()),
  duration: durationMs(0),
  profiles: [],
}
