/** @module `POST /segment`: paid transcoding of one segment, in the order of go-livepeer's orchestrator. */
import { measureSegment } from '@tessera/media/verify/measure'
import type { Payee, Work } from '@tessera/payments/payee'
import type { AuthToken } from '@tessera/protocol/auth-token'
import { keccak256 } from '@tessera/protocol/keccak'
import type { OrchestratorInfo } from '@tessera/protocol/orchestrator-info'
import type { Signer } from '@tessera/protocol/signer'
import type { TranscodeOutcome } from '@tessera/protocol/transcode-result'
import { pixels } from '@tessera/protocol/units'
import { WIRE_ERRORS } from '@tessera/protocol/wire/error-codes'
import { resultHash } from '@tessera/protocol/wire/signatures'
import { encodePaymentResult, encodeTranscodeResult } from '@tessera/protocol/wire/transcode-result'
import { equalBytes } from '@tessera/runtime/bytes'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import {
  beginAnswer,
  finishAnswer,
  HttpRefusal,
  type HttpRequest,
  type HttpResponse,
  header,
  readBody,
  send,
} from '../rpc/http-message.ts'
import type { Counters } from './counters.ts'
import { type Credentials, type CredentialsDeps, checkCredentials, wireRefusal } from './credentials.ts'
import { type Pricing, type Purpose, purposeOf } from './pricing.ts'
import { QuoteRefusedError, type Quoter } from './quote.ts'
import { RenditionStore } from './rendition-store.ts'
import type { SessionTable } from './session-table.ts'
import type { WorkerAnswer, WorkerResult } from './transcode-job.ts'
import { WorkError } from './work-error.ts'
import type { WorkerPool } from './worker-pool.ts'

/** go-livepeer's limit for a segment. */
const MAX_SEGMENT_BYTES = 300 << 20
/** Gateways give up much earlier; this ends peers that hold a connection without using it. */
const UPLOAD_TIMEOUT_MS = 60_000
/** Twice what go-livepeer gives its workers: its gateways give up at 8 s and 4 × the duration, ours later. */
const LEAST_TIMEOUT_MS = 16_000
const TIMEOUT_PER_DURATION = 8

export type SegmentServiceDeps = {
  readonly credentials: CredentialsDeps
  readonly quoter: Quoter
  readonly payee: Payee
  readonly pricing: Pricing
  readonly sessions: SessionTable
  readonly workers: WorkerPool
  readonly store: RenditionStore
  readonly signer: Signer
  readonly counters: Counters
  readonly clock: Clock
  readonly log: Log
}

export class SegmentService {
  readonly #serviceUrl: string
  readonly #deps: SegmentServiceDeps

  constructor(config: { readonly serviceUrl: string }, deps: SegmentServiceDeps) {
    this.#serviceUrl = config.serviceUrl
    this.#deps = deps
  }

  /** The status line and headers go out when the segment is here: gateways time the upload by that. */
  async handleSegment(request: HttpRequest, response: HttpResponse): Promise<void> {
    const credentials = checkCredentials(request, this.#deps.credentials)
    const { order, authToken, sender } = credentials
    const { sessionId } = authToken
    const { sessions } = this.#deps
    if (!sessions.hasRoom(authToken)) throw wireRefusal('orchestrator-capped')
    const work = this.#deps.pricing.work({ sender, balanceKey: sessionId }, 'transcode')
    const info = await this.receive(credentials, work)
    if (!(await this.#deps.payee.hasCredit(work))) throw wireRefusal('insufficient-balance')
    // Only who has paid takes a place, and only a segment that has a place is read into memory.
    if (!sessions.open(authToken)) throw wireRefusal('orchestrator-capped')
    using lease = sessions.lease(sessionId)
    if (!lease) return this.#answerBusy(credentials, response, info)
    const bytes = await this.#readSegment(request)
    if (!equalBytes(keccak256(bytes), order.hash)) throw wireRefusal('wrong-segment-hash')
    beginAnswer(response, 'application/octet-stream')
    const outcome = await this.#work(credentials, work, bytes, untilClosed(response))
    finishAnswer(response, encodeTranscodeResult({ seq: order.seq, outcome, info }))
  }

  /** `POST /payment`: the balance key is the order's manifest id, not the session. */
  async handlePayment(
    request: HttpRequest,
    response: HttpResponse,
    purposeOfLive: (manifestId: string) => Purpose | undefined,
  ): Promise<void> {
    const credentials = checkCredentials(request, this.#deps.credentials)
    const { manifestId, capabilities } = credentials.order
    const account = { sender: credentials.sender, balanceKey: manifestId }
    const purpose = purposeOfLive(manifestId) ?? purposeOf(capabilities)
    const info = await this.receive(credentials, this.#deps.pricing.work(account, purpose))
    send(response, 200, 'application/octet-stream', encodePaymentResult(info))
  }

  /**
   * Credits the payment. Fresh ticket parameters are made before it is looked at (go-livepeer wire).
   * @throws {HttpRefusal} 500 without parameters, 400 with the reason when a ticket is bad
   */
  async receive({ authToken, payment }: Credentials, work: Work): Promise<OrchestratorInfo> {
    const info = await this.#info(work, authToken)
    const received = await this.#deps.payee.receive(work, payment)
    const { counters, log } = this.#deps
    counters.ticketsReceived += received.tickets
    counters.ticketsWon += received.winners
    if (received.kind === 'rejected') {
      counters.paymentsRejected++
      log.warn({ sender: work.sender, code: received.code, purpose: work.purpose }, 'payment rejected')
      throw new HttpRefusal(400, received.text)
    }
    return info
  }

  async #info(work: Work, authToken: AuthToken): Promise<OrchestratorInfo> {
    try {
      return await this.#deps.quoter.info(work, authToken)
    } catch (error) {
      if (error instanceof QuoteRefusedError) throw new HttpRefusal(500, error.message, error)
      throw error
    }
  }

  /** The segment is left unread. */
  #answerBusy({ order }: Credentials, response: HttpResponse, info: OrchestratorInfo): void {
    this.#deps.counters.segmentFailures++
    const outcome: TranscodeOutcome = { kind: 'failed', error: WIRE_ERRORS['orchestrator-busy'].text }
    beginAnswer(response, 'application/octet-stream')
    finishAnswer(response, encodeTranscodeResult({ seq: order.seq, outcome, info }))
  }

  async #readSegment(request: HttpRequest): Promise<Uint8Array> {
    // Segments by URL need an object store shared with the gateway; none of ours has one.
    if (header(request, 'content-type') === 'application/vnd+livepeer.uri')
      throw wireRefusal('unreadable-body')
    const limit = deadline(this.#deps.clock, UPLOAD_TIMEOUT_MS, {
      reason: () => wireRefusal('unreadable-body'),
    })
    limit.signal.addEventListener('abort', () => request.destroy(), { once: true })
    try {
      return await readBody(request, MAX_SEGMENT_BYTES)
    } finally {
      limit.clear()
    }
  }

  async #work(
    credentials: Credentials,
    work: Work,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<TranscodeOutcome> {
    const { order, authToken } = credentials
    const { counters, log, clock } = this.#deps
    const startedMs = clock.monotonicMs()
    const facts = { manifest: order.manifestId, seq: order.seq, session: authToken.sessionId }
    try {
      const result = await this.#transcode(credentials, bytes, signal)
      const units = result.renditions.reduce((total, rendition) => total + rendition.pixels, 0n)
      // Done is done: the fee is taken even when the credit does not cover it; the next segment waits for payment.
      await this.#deps.payee.charge(work, { units, overdraft: true })
      counters.segments++
      counters.pixels += units
      log.debug({ ...facts, durationMs: clock.monotonicMs() - startedMs }, 'segment transcoded')
      return await this.#deliver(credentials, result)
    } catch (error) {
      counters.segmentFailures++
      log.warn({ ...facts, error }, 'segment failed')
      return { kind: 'failed', error: error instanceof WorkError ? error.message : 'TranscoderStopped' }
    }
  }

  async #transcode(
    { order, authToken }: Credentials,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<WorkerResult> {
    if (order.profiles.length === 0) throw new WorkError(WIRE_ERRORS['no-renditions'].text)
    return this.#deps.workers.run(
      {
        sessionId: authToken.sessionId,
        manifestId: order.manifestId,
        seq: order.seq,
        durationMs: order.duration,
        bytes,
        profiles: order.profiles,
        capabilities: order.capabilities?.bits ?? 0n,
        timeoutMs: Math.max(LEAST_TIMEOUT_MS, TIMEOUT_PER_DURATION * order.duration),
        check: (answer) => measureAnswer(answer, order.profiles.length),
      },
      { signal },
    )
  }

  async #deliver({ order, authToken }: Credentials, result: WorkerResult): Promise<TranscodeOutcome> {
    const renditions = result.renditions.map(({ bytes, pixels }, i) => {
      const key = RenditionStore.key({
        sessionId: authToken.sessionId,
        profile: order.profiles[i]!.name,
        seq: order.seq,
      })
      this.#deps.store.put(key, bytes)
      return { url: `${this.#serviceUrl}/stream/${key}`, pixels }
    })
    const hashes = result.renditions.map(({ bytes }) => keccak256(bytes))
    const signature = await this.#deps.signer.signMessageHash(resultHash(hashes))
    return { kind: 'done', renditions, signature }
  }
}

/** What is charged is what the renditions hold, not what the worker says. */
function measureAnswer(answer: WorkerAnswer, count: number): WorkerResult | WorkError {
  if (answer.kind === 'failed') return new WorkError(answer.text)
  if (answer.renditions.length !== count) return new WorkError(WIRE_ERRORS['mismatched-segments'].text)
  try {
    return {
      renditions: answer.renditions.map((bytes) => ({ bytes, pixels: pixels(measureSegment(bytes).pixels) })),
    }
  } catch (error) {
    if (!BaseError.isInstance(error)) throw error
    return new WorkError('TranscoderStopped')
  }
}

/** Aborts when the peer goes away: work that nobody waits for stops. */
function untilClosed(response: HttpResponse): AbortSignal {
  const controller = new AbortController()
  const onClose = (): void => controller.abort(new WorkError('the gateway went away', { retryable: false }))
  response.once('close', onClose)
  return controller.signal
}
