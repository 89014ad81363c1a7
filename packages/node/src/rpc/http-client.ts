/** @module HTTP towards other nodes: self-signed certificates accepted, connections kept, every wait bounded. */
import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { readBody } from './http-message.ts'

/** No answer from another node. */
export class PeerError extends BaseError {
  declare readonly code: 'PEER_UNREACHABLE' | 'PEER_TIMEOUT' | 'PEER_BROKE_OFF'
  /** False when it is certain that no byte of the request left this machine. */
  readonly wasSent: boolean

  constructor(code: PeerError['code'], options: { origin: string; wasSent: boolean; cause?: unknown }) {
    const what = {
      PEER_UNREACHABLE: 'No connection to a node.',
      PEER_TIMEOUT: 'A node did not answer in time.',
      PEER_BROKE_OFF: 'A node closed the connection in the middle.',
    }[code]
    super({ code, message: what, facts: { origin: options.origin }, cause: options.cause, retryable: true })
    this.wasSent = options.wasSent
  }
}

export type PeerRequest = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Until the answer's headers. */
  readonly headersTimeoutMs: number
  /** Until the end of the answer's body, from the start of the request. */
  readonly totalTimeoutMs: number
  readonly maxAnswerBytes: number
  readonly signal?: AbortSignal | undefined
  /** Told when the answer's headers arrive. */
  readonly onHeaders?: (status: number) => void
}

export type PeerAnswer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/** go-livepeer dials at most 2 s. */
const CONNECT_TIMEOUT_MS = 2_000
const IDLE_SOCKET_MS = 60_000
/** Same as the servers' limit: an answer may carry long headers too. */
const MAX_HEADER_BYTES = 1 << 20

/** TLS gives no identity between Livepeer's nodes (certificates are self-signed); signatures inside do. */
export class HttpClient implements Disposable {
  readonly #clock: Clock
  readonly #https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false, timeout: IDLE_SOCKET_MS })
  readonly #http = new HttpAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS })

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * The whole answer, whatever its status.
   * @throws {PeerError} or `signal.reason`; `BODY_TOO_LARGE` when the answer passes its limit
   */
  async request(options: PeerRequest): Promise<PeerAnswer> {
    const progress = { wasSent: false }
    const { origin } = new URL(options.url)
    const total = deadline(this.#clock, options.totalTimeoutMs, {
      signal: options.signal,
      reason: () => new PeerError('PEER_TIMEOUT', { origin, wasSent: progress.wasSent }),
    })
    try {
      const answer = await this.#headers(options, progress, total.signal)
      options.onHeaders?.(answer.statusCode ?? 0)
      // A body that stops coming ends with the total deadline, which destroys the request.
      const body = await readBody(answer, options.maxAnswerBytes)
      return { status: answer.statusCode ?? 0, headers: answer.headers, body }
    } catch (error) {
      if (total.signal.aborted) throw total.signal.reason
      if (error instanceof PeerError || (BaseError.isInstance(error) && error.code === 'BODY_TOO_LARGE'))
        throw error
      throw new PeerError('PEER_BROKE_OFF', { origin, wasSent: progress.wasSent, cause: error })
    } finally {
      total.clear()
    }
  }

  [Symbol.dispose](): void {
    this.#https.destroy()
    this.#http.destroy()
  }

  async #headers(
    options: PeerRequest,
    progress: { wasSent: boolean },
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const url = new URL(options.url)
    const fail = (): Error => new PeerError('PEER_TIMEOUT', { origin: url.origin, wasSent: progress.wasSent })
    const limit = deadline(this.#clock, options.headersTimeoutMs, { reason: fail })
    const dial = deadline(this.#clock, CONNECT_TIMEOUT_MS, { reason: fail })
    try {
      return await new Promise<IncomingMessage>((resolve, reject) => {
        const start = url.protocol === 'https:' ? httpsRequest : httpRequest
        const request = start(url, {
          method: options.method,
          agent: url.protocol === 'https:' ? this.#https : this.#http,
          headers: { ...options.headers, ...(options.body && { 'Content-Length': options.body.length }) },
          signal,
          maxHeaderSize: MAX_HEADER_BYTES,
        })
        const stop = (from: AbortSignal) => () => request.destroy(from.reason)
        limit.signal.addEventListener('abort', stop(limit.signal), { once: true })
        dial.signal.addEventListener('abort', stop(dial.signal), { once: true })
        const onConnected = (): void => {
          progress.wasSent = true
          dial.clear()
        }
        request.once('socket', (socket) => {
          if (request.reusedSocket) onConnected()
          else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected)
        })
        request.once('response', resolve)
        request.on('error', (cause) =>
          reject(
            cause instanceof PeerError || progress.wasSent
              ? cause
              : new PeerError('PEER_UNREACHABLE', { origin: url.origin, wasSent: false, cause }),
          ),
        )
        request.end(options.body)
      })
    } finally {
      limit.clear()
      dial.clear()
    }
  }
}
