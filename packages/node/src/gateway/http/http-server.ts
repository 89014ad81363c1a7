/** @module The gateway's HTTP port. */
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type ListenAddress, listen } from '@tessera/runtime/listen'
import type { Hono } from 'hono'

/** A request's head must be there within this. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const MAX_CONNECTIONS = 10_000

export class HttpServer implements AsyncDisposable {
  readonly #server: Server
  /** As bound; chosen by the system when 0 was asked for. */
  readonly port: number

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  /** @throws {ListenError} when the port is taken or may not be used. */
  static async listen(app: Hono, address: ListenAddress): Promise<HttpServer> {
    // Without options for TLS or HTTP/2 the adaptor makes a plain HTTP server.
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    server.headersTimeout = HEADERS_TIMEOUT_MS
    server.requestTimeout = REQUEST_TIMEOUT_MS
    server.maxConnections = MAX_CONNECTIONS
    return new HttpServer(server, await listen(server, address))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }
}
