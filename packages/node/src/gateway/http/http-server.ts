/** @module The gateway's HTTP port. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { BaseError } from '@tessera/runtime/errors'
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

  /** @throws {HttpPortError} when the port is taken or may not be used. */
  static async listen(
    app: Hono,
    address: { readonly host: string; readonly port: number },
  ): Promise<HttpServer> {
    // Without options for TLS or HTTP/2 the adaptor makes a plain HTTP server.
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    server.headersTimeout = HEADERS_TIMEOUT_MS
    server.requestTimeout = REQUEST_TIMEOUT_MS
    server.maxConnections = MAX_CONNECTIONS
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(new HttpPortError(address, error)))
      server.listen(address.port, address.host, resolve)
    })
    // `address()` of a TCP server that listens is never a string or null.
    return new HttpServer(server, (server.address() as AddressInfo).port)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }
}

class HttpPortError extends BaseError {
  constructor(address: { readonly host: string; readonly port: number }, cause: Error & { code?: string }) {
    super({
      code: cause.code === 'EADDRINUSE' ? 'HTTP_PORT_IN_USE' : 'HTTP_PORT_UNUSABLE',
      message: `The gateway cannot listen for HTTP on ${address.host}:${address.port}.`,
      facts: { reason: cause.code },
      advice: 'Stop the program that uses the port, or choose others with --port-base.',
      cause,
    })
  }
}
