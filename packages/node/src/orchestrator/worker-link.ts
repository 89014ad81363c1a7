/** @module The orchestrator's end of the link to remote workers: registration, segments out, results in. */

import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from '@connectrpc/connect'
import { CAPABILITY, DEFAULT_CAPABILITY_BITS } from '@tessera/protocol/capabilities'
import {
  type AIWorker,
  NotifySegmentSchema as NotifySchema,
  type NotifySegment,
  type NotifySegmentSchema,
  type RegisterAIWorkerRequest,
  type RegisterRequest,
  type Transcoder,
} from '@tessera/protocol/gen/net/worker_pb'
import { durationMs } from '@tessera/protocol/units'
import { capabilitiesFromWire } from '@tessera/protocol/wire/capabilities'
import { OBSOLETE_PROFILES, segmentOrderToWire } from '@tessera/protocol/wire/segment-order'
import type { Log } from '@tessera/runtime/log'
import {
  HttpRefusal,
  type HttpRequest,
  type HttpResponse,
  header,
  readBody,
  send,
} from '../rpc/http-message.ts'
import { multipartBoundary, parseMultipart } from '../rpc/multipart.ts'
import {
  RUNNER_URL_HEADER,
  sameSecret,
  TRANSCODING_ERROR_TYPE,
  WORKER_AUTHORIZATION,
} from '../rpc/worker-protocol.ts'
import type { RunnerRegistry } from './runner-registry.ts'
import type { WorkerAnswer } from './transcode-job.ts'
import type { WorkerPool, WorkerTask } from './worker-pool.ts'

/** All renditions of the largest segment. */
const MAX_RESULTS_BYTES = 600 << 20
const MAX_ERROR_BYTES = 4096
const MAX_CAPACITY = 1024

export type WorkerLinkConfig = {
  readonly secret: string
  readonly serviceUrl: string
  /** Goes into the metadata of renditions: the orchestrator's address, or `offchain`. */
  readonly orchestratorId: string
}

export class WorkerLink {
  readonly #config: WorkerLinkConfig
  readonly #pool: WorkerPool
  readonly #runners: RunnerRegistry
  readonly #log: Log

  constructor(
    config: WorkerLinkConfig,
    deps: { readonly pool: WorkerPool; readonly runners: RunnerRegistry; readonly log: Log },
  ) {
    this.#config = config
    this.#pool = deps.pool
    this.#runners = deps.runners
    this.#log = deps.log
  }

  get transcoder(): ServiceImpl<typeof Transcoder> {
    return { registerTranscoder: (request, context) => this.#register(request, context) }
  }

  get aiWorker(): ServiceImpl<typeof AIWorker> {
    return { registerAIWorker: (request, context) => this.#registerRunner(request, context) }
  }

  /** `GET /source/{key}.ts`: the segment of a task, for the worker that has it. */
  async handleSource(_request: HttpRequest, response: HttpResponse, rest: string): Promise<void> {
    const bytes = this.#pool.source(rest.replace(/\.ts$/, ''))
    if (!bytes) throw new HttpRefusal(404, '404 page not found')
    send(response, 200, 'video/mp2t', bytes)
  }

  /** `POST /transcodeResults`. Late and unknown tasks are answered OK and ignored (go-livepeer wire). */
  async handleResults(request: HttpRequest, response: HttpResponse): Promise<void> {
    const isWorker = header(request, 'authorization') === WORKER_AUTHORIZATION
    if (!isWorker || !sameSecret(header(request, 'credentials') ?? '', this.#config.secret)) {
      throw new HttpRefusal(401, 'Unauthorized')
    }
    const taskId = Number(header(request, 'taskid') ?? 'absent')
    if (!Number.isSafeInteger(taskId) || taskId < 0) throw new HttpRefusal(400, 'Invalid Task ID')
    const contentType = header(request, 'content-type') ?? ''
    const answer = await readAnswer(request, contentType)
    if (answer) this.#pool.settle(taskId, answer)
    send(response, 200, 'text/plain', new TextEncoder().encode('OK'))
  }

  async *#register(
    request: RegisterRequest,
    context: HandlerContext,
  ): AsyncGenerator<MessageInitShape<typeof NotifySegmentSchema>> {
    this.#checkSecret(request.secret)
    if (request.capacity <= 0n) throw new ConnectError('zero capacity', Code.Unknown)
    const capabilities = request.capabilities
      ? capabilitiesFromWire(request.capabilities).bits
      : DEFAULT_CAPABILITY_BITS
    const capacity = Math.min(Number(request.capacity), MAX_CAPACITY)
    const seat = this.#pool.register({ capacity, capabilities })
    const leave = (): void => seat.leave()
    context.signal.addEventListener('abort', leave, { once: true })
    try {
      if (context.signal.aborted) return
      for await (const task of seat.tasks) yield this.#notification(task)
    } finally {
      context.signal.removeEventListener('abort', leave)
      seat.leave()
    }
  }

  /** Batch jobs are not pushed; the open stream is the sign of life. */
  async *#registerRunner(request: RegisterAIWorkerRequest, context: HandlerContext): AsyncGenerator<never> {
    this.#checkSecret(request.secret)
    const offered = request.capabilities ? capabilitiesFromWire(request.capabilities) : undefined
    const models = [...(offered?.models.get(CAPABILITY.liveVideoToVideo) ?? [])]
    const url = context.requestHeader.get(RUNNER_URL_HEADER)
    const leave =
      url && URL.canParse(url) && /^https?:/.test(url)
        ? this.#runners.join({ url, models: new Map(models.map(([id, { capacity }]) => [id, capacity])) })
        : undefined
    if (!leave) this.#log.warn({}, 'AI worker without a runner URL: it gets no live streams')
    try {
      await untilAborted(context.signal)
    } finally {
      leave?.()
    }
  }

  #checkSecret(secret: string): void {
    if (sameSecret(secret, this.#config.secret)) return
    this.#log.warn({}, 'a worker came with a wrong secret')
    throw new ConnectError('invalid secret', Code.Unknown)
  }

  #notification({ taskId, sourceKey, job }: WorkerTask): NotifySegment {
    return create(NotifySchema, {
      url: `${this.#config.serviceUrl}/source/${sourceKey}.ts`,
      taskId: BigInt(taskId),
      orchId: this.#config.orchestratorId,
      profiles: OBSOLETE_PROFILES,
      segData: segmentOrderToWire({
        manifestId: job.manifestId,
        seq: job.seq,
        hash: new Uint8Array(32),
        duration: durationMs(job.durationMs),
        profiles: job.profiles,
        authToken: { token: new Uint8Array(), sessionId: job.sessionId, expiresAtSeconds: 0 },
        signature: new Uint8Array(),
      }),
    })
  }
}

async function readAnswer(request: HttpRequest, contentType: string): Promise<WorkerAnswer | undefined> {
  if (contentType.startsWith(TRANSCODING_ERROR_TYPE)) {
    return { kind: 'failed', text: new TextDecoder().decode(await readBody(request, MAX_ERROR_BYTES)).trim() }
  }
  const boundary = multipartBoundary(contentType)
  if (boundary === undefined) return undefined
  const parts = parseMultipart(await readBody(request, MAX_RESULTS_BYTES), boundary)
  // A part without `Pixels` is a perceptual hash or nothing we know.
  const renditions = parts.filter(({ headers }) => headers.has('pixels')).map(({ body }) => body)
  return { kind: 'done', renditions }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
