/** @module `POST /live-video-to-video`: a paid live pipeline, its channels on this node, its work on a runner. */
import type { TrickleServer } from '@tessera/media/trickle/server'
import type { Payee } from '@tessera/payments/payee'
import { toHex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { z } from 'zod'
import type { HttpClient } from '../rpc/http-client.ts'
import {
  HttpRefusal,
  type HttpRequest,
  type HttpResponse,
  header,
  readBody,
  sendJson,
} from '../rpc/http-message.ts'
import type { RealtimeChannels } from '../rpc/orchestrator-api.ts'
import { realtimeAnswer } from '../rpc/realtime-channels.ts'
import type { Counters } from './counters.ts'
import { type CredentialsDeps, checkCredentials, wireRefusal } from './credentials.ts'
import type { Pricing, Purpose } from './pricing.ts'
import { type ChannelNames, RealtimeSession } from './realtime-session.ts'
import type { RunnerLease, RunnerRegistry } from './runner-registry.ts'
import type { SegmentService } from './segment-service.ts'

const MAX_REQUEST_BYTES = 1 << 20
/** The gateway gives the whole setup 5 s. */
const RUNNER_TIMEOUT_MS = 4_000
const MAX_RUNNER_ANSWER_BYTES = 64 << 10
export const TRICKLE_PATH = '/ai/trickle/'

const requestSchema = z.object({
  model_id: z.string().min(1).max(256),
  stream_id: z.string().max(256).default(''),
  gateway_request_id: z.string().max(256).default(''),
  params: z.record(z.string(), z.unknown()).nullish(),
})
type StartRequest = z.output<typeof requestSchema>

export type RealtimeServiceConfig = {
  readonly serviceUrl: string
  readonly paymentIntervalMs: number
  readonly runnerToken: string
}

export type RealtimeServiceDeps = {
  readonly credentials: CredentialsDeps
  readonly segments: SegmentService
  readonly payee: Payee
  readonly pricing: Pricing
  readonly runners: RunnerRegistry
  readonly trickle: TrickleServer
  readonly http: HttpClient
  readonly counters: Counters
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

export class RealtimeService {
  readonly #config: RealtimeServiceConfig
  readonly #deps: RealtimeServiceDeps
  readonly #sessions = new Map<string, { readonly session: RealtimeSession; readonly purpose: Purpose }>()

  constructor(config: RealtimeServiceConfig, deps: RealtimeServiceDeps) {
    this.#config = config
    this.#deps = deps
  }

  get active(): number {
    return this.#sessions.size
  }

  /** What `/payment` with this manifest id pays for; undefined when it is no live session. */
  purposeOf(manifestId: string): Purpose | undefined {
    return this.#sessions.get(manifestId)?.purpose
  }

  async handleStart(request: HttpRequest, response: HttpResponse): Promise<void> {
    const wanted = parseStart(await readBody(request, MAX_REQUEST_BYTES), request)
    const credentials = checkCredentials(request, this.#deps.credentials)
    const lease = this.#deps.runners.lease(wanted.model_id)
    if (!lease) throw new HttpRefusal(503, 'insufficient capacity')
    const manifestId = toHex(this.#deps.random.bytes(8)).slice(2)
    const purpose: Purpose = `live-video-to-video/${wanted.model_id}`
    const account = { sender: credentials.sender, balanceKey: manifestId }
    const work = this.#deps.pricing.work(account, purpose)
    let session: RealtimeSession | undefined
    try {
      await this.#deps.segments.receive(credentials, work)
      if (!(await this.#deps.payee.hasCredit(work))) throw wireRefusal('insufficient-balance')
      session = new RealtimeSession(
        { manifestId, paymentIntervalMs: this.#config.paymentIntervalMs },
        {
          trickle: this.#deps.trickle,
          lease,
          charge: async (units) =>
            (await this.#deps.payee.charge(work, { units, overdraft: false })).kind === 'charged',
          onEnded: () => this.#onEnded(manifestId),
          clock: this.#deps.clock,
          log: this.#deps.log,
        },
      )
      this.#sessions.set(manifestId, { session, purpose })
      await this.#startRunner(lease, wanted, manifestId, session.channels)
    } catch (error) {
      session?.end(describeError(error))
      lease[Symbol.dispose]()
      throw error
    }
    this.#deps.counters.realtimeStarted++
    this.#deps.log.info({ manifest: manifestId, model: wanted.model_id }, 'live session started')
    sendJson(response, realtimeAnswer(this.#channelUrls(manifestId, session.channels)))
  }

  /** Charges what is due and ends sessions without input. */
  sweep(): void {
    for (const { session } of [...this.#sessions.values()]) session.look()
  }

  /** Ends all sessions: gateways are told, so that they go elsewhere. */
  close(): void {
    for (const { session } of [...this.#sessions.values()])
      session.end('closing', 'The orchestrator is stopping.')
  }

  #onEnded(manifestId: string): void {
    if (this.#sessions.delete(manifestId)) this.#deps.counters.realtimeEnded++
  }

  /** @throws {HttpRefusal} 500 with the runner's reason */
  async #startRunner(
    lease: RunnerLease,
    wanted: StartRequest,
    manifestId: string,
    names: ChannelNames,
  ): Promise<void> {
    const urls = this.#channelUrls(manifestId, names)
    // Seen from the runner the directions are swapped: it reads the input and publishes the output.
    const body = {
      subscribe_url: urls.publishUrl,
      publish_url: urls.subscribeUrl,
      control_url: urls.controlUrl,
      events_url: urls.eventsUrl,
      model_id: wanted.model_id,
      params: wanted.params ?? {},
      stream_id: wanted.stream_id,
      gateway_request_id: wanted.gateway_request_id,
      manifest_id: manifestId,
    }
    try {
      const answer = await this.#deps.http.request({
        method: 'POST',
        url: `${lease.url.replace(/\/$/, '')}/live-video-to-video`,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.#config.runnerToken}` },
        body: new TextEncoder().encode(JSON.stringify(body)),
        headersTimeoutMs: RUNNER_TIMEOUT_MS,
        totalTimeoutMs: RUNNER_TIMEOUT_MS,
        maxAnswerBytes: MAX_RUNNER_ANSWER_BYTES,
        signal: lease.lost,
      })
      if (answer.status === 200) return
      const text = new TextDecoder().decode(answer.body).slice(0, 300)
      if (answer.status === 503) throw new HttpRefusal(503, 'insufficient capacity')
      throw new HttpRefusal(
        answer.status === 400 || answer.status === 422 ? 400 : 500,
        `runner returned ${answer.status}: ${text}`,
      )
    } catch (error) {
      if (error instanceof HttpRefusal) throw error
      if (lease.lost.aborted || BaseError.isInstance(error)) {
        throw new HttpRefusal(500, 'the runner does not answer', error)
      }
      throw error
    }
  }

  #channelUrls(manifestId: string, names: ChannelNames): RealtimeChannels {
    const url = (name: string): string => `${this.#config.serviceUrl}${TRICKLE_PATH}${name}`
    return {
      manifestId,
      publishUrl: url(names.input),
      subscribeUrl: url(names.output),
      controlUrl: url(names.control),
      eventsUrl: url(names.events),
    }
  }
}

function parseStart(body: Uint8Array, request: HttpRequest): StartRequest {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(body))
  } catch (error) {
    throw new HttpRefusal(400, 'the body is not JSON', error)
  }
  const parsed = requestSchema.safeParse(json)
  if (!parsed.success) throw new HttpRefusal(400, z.prettifyError(parsed.error), parsed.error)
  const { data } = parsed
  return {
    ...data,
    stream_id: data.stream_id || (header(request, 'streamid') ?? ''),
    gateway_request_id: data.gateway_request_id || (header(request, 'requestid') ?? ''),
  }
}
