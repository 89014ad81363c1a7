/** @module RTMP server: takes streams in from OBS, ffmpeg and other encoders. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '@tessera/runtime/clock'
import type { BaseError } from '@tessera/runtime/errors'
import { listen } from '@tessera/runtime/listen'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { IngestStream } from '../ingest/ingest-stream.ts'
import { Publication } from './publication.ts'
import { StreamBusyError } from './rtmp-errors.ts'
import { RtmpSession, type SessionConfig } from './session.ts'

export type RtmpServerConfig = Partial<SessionConfig> & {
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  /** Connections at once; more are closed. 256 by default. */
  readonly maxConnections?: number
}

/** What a publisher asked for: `rtmp://host/<app>/<name>`, as sent, so the name may hold a key or a query. */
export type PublishRequest = { readonly app: string; readonly name: string }

export type RtmpServerDeps = {
  readonly clock: Clock
  readonly log: Log
  /**
   * Decides about a publisher: the id of its stream, or the error (with advice) that its encoder is to show. A returned
   * error refuses; a thrown one also does, and counts as a fault of ours.
   */
  authorize(request: PublishRequest): Promise<{ readonly id: string } | BaseError>
  /** Called once for each stream that is let in, before its first unit. Must not throw. */
  onPublish(stream: IngestStream): void
}

const DEFAULTS = {
  handshakeTimeoutMs: 5_000,
  setupTimeoutMs: 10_000,
  idleTimeoutMs: 10_000,
  maxConnections: 256,
} as const

/** Ids are freed when a publication ends, so that an encoder can come back under the same key. */
export class RtmpServer implements AsyncDisposable {
  readonly #server: Server
  readonly #config: SessionConfig & { readonly maxConnections: number }
  readonly #deps: RtmpServerDeps
  readonly #scope = new TaskScope()
  readonly #live = new Map<string, Publication>()
  #connections = 0

  private constructor(config: RtmpServerConfig, deps: RtmpServerDeps) {
    this.#config = { ...DEFAULTS, ...config }
    this.#deps = deps
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#accept(socket))
    this.#server.on('error', (error) => deps.log.error({ error }, 'RTMP server failed'))
  }

  /** @throws {ListenError} code `PORT_IN_USE` or `LISTEN_FAILED` */
  static async listen(config: RtmpServerConfig, deps: RtmpServerDeps): Promise<RtmpServer> {
    const rtmp = new RtmpServer(config, deps)
    await listen(rtmp.#server, config)
    return rtmp
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  /** Ends all streams (their consumers see a normal end) and closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    await this.#scope.close()
    await closed
  }

  #accept(socket: Socket): void {
    // Errors end the reading loop of the session; without a listener they would end the process.
    socket.on('error', () => undefined)
    const log = this.#deps.log.child({ remote: `${socket.remoteAddress}:${socket.remotePort}` })
    if (this.#connections >= this.#config.maxConnections) {
      log.warn({ limit: this.#config.maxConnections }, 'RTMP connection closed: too many')
      socket.destroy()
      return
    }
    this.#connections++
    const session = new RtmpSession(socket, this.#config, {
      clock: this.#deps.clock,
      log,
      claim: (request) => this.#claim(request, log),
    })
    this.#scope.run('RTMP connection', async (signal) => {
      await session.run(signal)
      this.#connections--
    })
  }

  async #claim(request: PublishRequest, log: Log): Promise<Publication | BaseError> {
    const answer = await this.#deps.authorize(request)
    if (answer instanceof Error) return answer
    if (this.#live.has(answer.id)) return new StreamBusyError()
    const publication = new Publication(answer.id, () => {
      this.#live.delete(answer.id)
      log.info({ stream: answer.id, units: publication.units }, 'RTMP stream ended')
    })
    this.#live.set(answer.id, publication)
    log.info({ stream: answer.id, app: request.app }, 'RTMP stream published')
    this.#deps.onPublish(publication)
    return publication
  }
}
