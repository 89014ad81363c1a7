/** @module One TLS port for gRPC and HTTP, as Livepeer's nodes have it. */
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { Socket } from 'node:net'
import { type ConnectRouter, createConnectRouter } from '@connectrpc/connect'
import type { UniversalHandler } from '@connectrpc/connect/protocol'
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node'
import type { Clock } from '@tessera/runtime/clock'
import { type ListenAddress, listen } from '@tessera/runtime/listen'
import type { Log } from '@tessera/runtime/log'
import { type HttpRequest, type HttpResponse, header, pathOf, sendText } from './http-message.ts'
import { type Route, Router } from './router.ts'
import type { Certificate } from './self-signed-certificate.ts'

/** A payment of 600 tickets is a header of about 58 kB; go-livepeer accepts 1 MB. */
const MAX_HEADER_BYTES = 1 << 20
/** The largest gRPC message; an OrchestratorInfo has a few kB. */
const MAX_GRPC_MESSAGE_BYTES = 4 << 20
const MAX_CONNECTIONS = 4096
const HANDSHAKE_TIMEOUT_MS = 10_000
const HEADERS_TIMEOUT_MS = 10_000
/** None: a trickle publisher connects long before it writes. Handlers limit what they read themselves. */
const REQUEST_TIMEOUT_MS = 0
/** An HTTP/2 connection without a request is closed after so long; live ones are used or pinged on an open stream. */
const DEFAULT_IDLE_MS = 60_000
/** How long `close` waits for requests in progress. */
const DRAIN_MS = 2_000

export type TlsServerConfig = ListenAddress & {
  readonly certificate: Certificate
  readonly routes: readonly Route[]
  readonly grpc: (router: ConnectRouter) => void
  /** Default 60 s. */
  readonly idleMs?: number
}

/**
 * gRPC is what comes with `Content-Type: application/grpc…`; all else goes to the routes, over HTTP/2 or HTTP/1.1.
 * Bytes that are not TLS or not HTTP end their connection and nothing else.
 */
export class TlsServer implements AsyncDisposable {
  readonly port: number
  readonly #server: Http2SecureServer
  readonly #sockets: Set<Socket>
  readonly #stop: AbortController
  readonly #active: ReadonlySet<HttpResponse>
  readonly #clock: Clock
  #closing: Promise<void> | undefined

  private constructor(parts: {
    port: number
    server: Http2SecureServer
    sockets: Set<Socket>
    stop: AbortController
    active: ReadonlySet<HttpResponse>
    clock: Clock
  }) {
    this.port = parts.port
    this.#server = parts.server
    this.#sockets = parts.sockets
    this.#stop = parts.stop
    this.#active = parts.active
    this.#clock = parts.clock
  }

  /** @throws {ListenError} */
  static async listen(
    config: TlsServerConfig,
    deps: { readonly clock: Clock; readonly log: Log },
  ): Promise<TlsServer> {
    const stop = new AbortController()
    const active = new Set<HttpResponse>()
    const router = new Router(config.routes, deps.log)
    const grpc = grpcHandlers(config.grpc, stop.signal)
    const server = createServer(config.certificate, (request, response) => {
      active.add(response)
      response.once('close', () => active.delete(response))
      const handler = isGrpc(request) ? grpc.get(pathOf(request)) : undefined
      if (handler) void serveGrpc(handler, request, response, deps.log)
      else if (isGrpc(request)) sendText(response, 404, '404 page not found')
      else void router.handle(request, response)
    })
    const sockets = trackSockets(server, deps.log)
    closeIdleSessions(server, config.idleMs ?? DEFAULT_IDLE_MS)
    const port = await listen(server, config)
    return new TlsServer({ port, server, sockets, stop, active, clock: deps.clock })
  }

  /** Takes no new connection, ends gRPC streams, gives requests in progress 2 s, then closes all. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#stop.abort()
    const until = this.#clock.monotonicMs() + DRAIN_MS
    while (this.#active.size > 0 && this.#clock.monotonicMs() < until) await this.#clock.sleep(20)
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}

function createServer(
  certificate: Certificate,
  onRequest: (request: HttpRequest, response: HttpResponse) => void,
): Http2SecureServer {
  const server = createSecureServer(
    {
      ...certificate,
      allowHTTP1: true,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      settings: {
        maxHeaderListSize: MAX_HEADER_BYTES,
        initialWindowSize: 1 << 20,
        maxConcurrentStreams: 256,
      },
      // Two more of Node's own limits on headers: of a session's memory (MB) and for HTTP/1.1.
      maxSessionMemory: 32,
      ...{
        maxHeaderSize: MAX_HEADER_BYTES,
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
      },
    },
    onRequest,
  )
  server.maxConnections = MAX_CONNECTIONS
  return server
}

/** Errors of one connection end it; without listeners some would end the process. */
function trackSockets(server: Http2SecureServer, log: Log): Set<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', (error) => log.trace({ error }, 'connection broke'))
  })
  server.on('tlsClientError', (error, socket) => {
    log.debug({ reason: error.message }, 'connection is not TLS')
    socket.destroy()
  })
  server.on('clientError', (_error: Error, socket: Socket) => socket.destroy())
  server.on('sessionError', (error) => log.debug({ reason: error.message }, 'HTTP/2 session broke'))
  server.on('unknownProtocol', (socket) => socket.destroy())
  return sockets
}

/** Else whoever opens connections and says nothing would hold all places. HTTP/1.1 has its own timeouts. */
function closeIdleSessions(server: Http2SecureServer, idleMs: number): void {
  server.on('session', (session) => {
    let streams = 0
    session.on('stream', (stream) => {
      streams++
      stream.once('close', () => {
        streams--
        // Counts from the end of the last request.
        session.setTimeout(idleMs)
      })
    })
    session.on('timeout', () => {
      if (streams === 0) session.destroy()
    })
    session.setTimeout(idleMs)
  })
}

function isGrpc(request: HttpRequest): boolean {
  return (
    request.httpVersionMajor === 2 && (header(request, 'content-type') ?? '').startsWith('application/grpc')
  )
}

function grpcHandlers(
  define: (router: ConnectRouter) => void,
  shutdownSignal: AbortSignal,
): ReadonlyMap<string, UniversalHandler> {
  const router = createConnectRouter({
    grpc: true,
    grpcWeb: false,
    connect: false,
    acceptCompression: [],
    readMaxBytes: MAX_GRPC_MESSAGE_BYTES,
    shutdownSignal,
  })
  define(router)
  return new Map(router.handlers.map((handler) => [handler.requestPath, handler]))
}

async function serveGrpc(
  handler: UniversalHandler,
  request: HttpRequest,
  response: HttpResponse,
  log: Log,
): Promise<void> {
  try {
    // The library's type of a response differs from Node's only in overloads of `write`.
    const nodeResponse = response as Parameters<typeof universalResponseToNodeResponse>[1]
    const answer = await handler(universalRequestFromNodeRequest(request, nodeResponse, undefined, undefined))
    await universalResponseToNodeResponse(answer, nodeResponse)
  } catch (error) {
    // The peer went away in the middle; the handler's own errors travel as gRPC statuses.
    log.debug({ method: handler.method.name, error }, 'gRPC call broke off')
    response.destroy()
  }
}
