/** @module Opening one HTTP/1.1 request to a trickle server, plain or TLS. */
import * as http from 'node:http'
import * as https from 'node:https'
import { BaseError } from '@tessera/runtime/errors'

export type TrickleEndpoint = {
  /** Channel URL, `http:` or `https:`, without a segment number. Given by a peer: check it before use. */
  readonly url: string
  /** Orchestrators present self-signed certificates (go-livepeer wire). Default false. */
  readonly acceptSelfSigned?: boolean | undefined
}

/** The channel does not exist or has been closed: final for this URL. */
export class TrickleClosedError extends BaseError {
  constructor(facts: { channel: string }) {
    super({ code: 'TRICKLE_CLOSED', message: 'The trickle channel is closed or does not exist.', facts })
  }
}

/** A request failed on the way or was answered with an unexpected status. */
export class TrickleRequestError extends BaseError {
  constructor(facts: { channel: string; seq: number; status?: number | undefined }, cause?: unknown) {
    super({ code: 'TRICKLE_REQUEST', message: 'A trickle request failed.', facts, cause, retryable: true })
  }
}

/** Keeps connections to one trickle server and opens requests on them. */
export class TrickleHttpClient implements Disposable {
  readonly #endpoint: TrickleEndpoint
  readonly #agent: http.Agent
  readonly #isTls: boolean
  /** Host and last path element: what may be shown of a URL whose path is a credential to its owner. */
  readonly channel: string

  constructor(endpoint: TrickleEndpoint) {
    const url = new URL(endpoint.url)
    this.#endpoint = { ...endpoint, url: endpoint.url.replace(/\/+$/, '') }
    this.#isTls = url.protocol === 'https:'
    this.#agent = this.#isTls
      ? new https.Agent({ keepAlive: true, rejectUnauthorized: !endpoint.acceptSelfSigned })
      : new http.Agent({ keepAlive: true })
    this.channel = `${url.host}/…/${url.pathname.split('/').filter(Boolean).at(-1) ?? ''}`
  }

  /** `path` is appended to the channel URL. The request is not ended. */
  open(request: {
    readonly method: 'GET' | 'POST' | 'DELETE'
    readonly path: string
    readonly headers?: http.OutgoingHttpHeaders
    readonly signal?: AbortSignal | undefined
  }): http.ClientRequest {
    const { method, path, headers = {}, signal } = request
    const options = { method, headers, agent: this.#agent, ...(signal && { signal }) }
    return (this.#isTls ? https : http).request(`${this.#endpoint.url}${path}`, options)
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}

/** Head of the answer. Rejects when the connection fails or the request is aborted. */
export function responseOf(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve)
    // Stays: a request may fail again after its answer began, and unheard errors end the process.
    request.on('error', reject)
    request.once('close', () => reject(new Error('The connection closed without an answer.')))
  })
}
