/** @module The HTTP service of a worker that runs live pipelines, as Livepeer's ai-runner offers it. */
import { createHash, timingSafeEqual } from 'node:crypto'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, MalformedError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { livePipelines } from '../registry.ts'
import { LiveRequestError, parseLiveRequest } from './live-request.ts'
import type { LiveStats } from './live-stats.ts'
import { LiveStream } from './live-stream.ts'

export type RealtimeRunnerConfig = {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Live streams at a time; one more is answered 503. */
  readonly capacity: number
  /** Threads of one inference. Default 1. */
  readonly threads?: number
  /** Larger sources are scaled down to about so many pixels. Default 640 × 360. */
  readonly maxPixels?: number
  /** Accept the self-signed certificates of orchestrators. Default true, as go-livepeer. */
  readonly acceptSelfSigned?: boolean
  /** Between status events of a stream. Default 2 s; gateways give a silent stream up after 30 s. */
  readonly statusIntervalMs?: number
  /** When given, starting a stream needs `Authorization: Bearer` with it. The URLs in a request are fetched from here. */
  readonly authToken?: string
  /** Software version told by `/version`. */
  readonly version: string
}

/** One running stream, for whoever watches the worker. */
export type RunningStream = {
  readonly id: number
  readonly modelId: string
  readonly pid: number | undefined
  readonly state: string
  readonly stats: LiveStats
}

const MAX_BODY_BYTES = 64 << 10
/** The orchestrator, which made the channels, fills these in for the gateway. */
const EMPTY_ANSWER = {
  subscribe_url: '',
  publish_url: '',
  control_url: '',
  events_url: '',
  manifest_id: '',
  request_id: '',
}

/** Serves until disposed, which ends all streams and their processes. */
export class RealtimeRunner implements AsyncDisposable {
  readonly #config: RealtimeRunnerConfig
  readonly #deps: { readonly clock: Clock; readonly log: Log }
  readonly #server: http.Server
  readonly #streams = new Map<number, LiveStream>()
  #nextId = 1
  #isClosing = false

  private constructor(config: RealtimeRunnerConfig, deps: { readonly clock: Clock; readonly log: Log }) {
    this.#config = config
    this.#deps = deps
    this.#server = http.createServer((request, response) => void this.#serve(request, response))
  }

  /** @throws {Error} when the port is taken */
  static async listen(
    config: RealtimeRunnerConfig,
    deps: { readonly clock: Clock; readonly log: Log },
  ): Promise<RealtimeRunner> {
    const runner = new RealtimeRunner(config, deps)
    await new Promise<void>((resolve, reject) => {
      runner.#server.once('error', reject)
      runner.#server.listen(config.port, config.host, resolve)
    })
    return runner
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The model served when a request names none. */
  get modelId(): string {
    return livePipelines[0]?.modelId ?? ''
  }

  get capacity(): { readonly total: number; readonly used: number } {
    return { total: this.#config.capacity, used: this.#streams.size }
  }

  streams(): readonly RunningStream[] {
    return [...this.#streams].map(([id, stream]) => ({
      id,
      modelId: stream.modelId,
      pid: stream.pid,
      state: stream.state(),
      stats: stream.stats(),
    }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true
    this.#server.close()
    this.#server.closeAllConnections()
    await Promise.all([...this.#streams.values()].map((stream) => stream[Symbol.asyncDispose]()))
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0]?.replace(/\/+$/, '') ?? ''
    try {
      const [status, body] = await this.#answer(`${request.method} ${path}`, request)
      respond(response, status, body)
    } catch (error) {
      respond(response, ...errorAnswer(error))
    }
  }

  async #answer(route: string, request: http.IncomingMessage): Promise<[status: number, body: unknown]> {
    const about = { pipeline: 'live-video-to-video', model_id: this.modelId }
    switch (route) {
      case 'POST /live-video-to-video':
        if (!this.#isAuthorised(request)) return [401, { detail: { msg: 'Invalid bearer token.' } }]
        return this.#start(await readJsonBody(request))
      case 'GET /health':
        return [200, { status: this.#streams.size === 0 ? 'IDLE' : 'OK' }]
      case 'GET /version':
        return [200, { ...about, version: this.#config.version }]
      case 'GET /hardware/info':
        // Runs on the CPU: there is no accelerator to tell of.
        return [200, { ...about, gpu_info: {} }]
      case 'GET /hardware/stats':
        return [200, { ...about, gpu_stats: {} }]
      default:
        return [404, { detail: 'Not Found' }]
    }
  }

  #isAuthorised(request: http.IncomingMessage): boolean {
    const { authToken } = this.#config
    if (authToken === undefined) return true
    // Hashes have equal lengths, which the comparison in constant time needs.
    const hash = (value: string): Uint8Array => createHash('sha256').update(value).digest()
    return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${authToken}`))
  }

  #start(body: unknown): [status: number, body: unknown] {
    const request = parseLiveRequest(body, this.modelId)
    const { capacity, threads = 1, maxPixels = 640 * 360, acceptSelfSigned = true } = this.#config
    if (this.#isClosing || this.#streams.size >= capacity) {
      return [503, { detail: { msg: 'insufficient capacity' } }]
    }
    const { statusIntervalMs = 2000 } = this.#config
    const id = this.#nextId++
    const config = { threads, maxPixels, acceptSelfSigned, statusIntervalMs }
    const stream = new LiveStream(request, config, this.#deps)
    this.#streams.set(id, stream)
    this.#deps.log.info({ id, model: stream.modelId, stream: request.streamId }, 'live stream started')
    void stream.done.then(() => {
      this.#streams.delete(id)
      this.#deps.log.info({ id }, 'live stream ended')
    })
    return [200, EMPTY_ANSWER]
  }
}

function respond(response: http.ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(json),
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
  })
  response.end(json)
}

/** Two shapes, as FastAPI has them: a list for what does not validate, an object for what cannot be done. */
function errorAnswer(error: unknown): [status: number, body: unknown] {
  if (error instanceof LiveRequestError && error.status === 400)
    return [400, { detail: { msg: error.message } }]
  if (error instanceof LiveRequestError) {
    return [422, { detail: [{ loc: ['body', error.field], msg: error.message, type: 'value_error' }] }]
  }
  if (BaseError.isInstance(error)) {
    return [422, { detail: [{ loc: ['body'], msg: error.message, type: 'value_error' }] }]
  }
  return [500, { detail: { msg: 'Internal server error' } }]
}

async function readJsonBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new MalformedError('request body', { maxBytes: MAX_BODY_BYTES })
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    throw new MalformedError('request body', { bytes: size }, error)
  }
}
