/** @module JSON-RPC 2.0 over HTTP with limits: the only place where this package touches the network. */
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { RpcRequestError } from 'viem'
import { RpcFaultError, RpcTimeoutError, RpcUnreachableError } from './errors.ts'

export type JsonRpcConfig = {
  readonly url: string
  /** For one call, connecting and reading the whole answer included. */
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** The part of `fetch` that is used; tests pass their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Calls one endpoint. The URL may hold an API key, so errors name only its origin. */
export class JsonRpc {
  /** Scheme, host and port: safe to log. */
  readonly endpoint: string
  readonly #config: JsonRpcConfig
  readonly #clock: Clock
  readonly #fetch: Fetch
  #lastId = 0

  constructor(config: JsonRpcConfig, deps: { readonly clock: Clock; readonly fetch?: Fetch }) {
    this.#config = config
    this.#clock = deps.clock
    this.#fetch = deps.fetch ?? fetch
    this.endpoint = originOf(config.url)
  }

  /**
   * @throws {RpcUnreachableError | RpcTimeoutError | RpcFaultError}
   * @throws viem's `RpcRequestError` when the node answers with an error object, so that viem can decode its data.
   */
  async call(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId
    const { endpoint } = this
    const { timeoutMs } = this.#config
    const timer = deadline(this.#clock, timeoutMs, {
      reason: () => new RpcTimeoutError({ endpoint, method, timeoutMs }),
    })
    const body = { jsonrpc: '2.0', id, method, params }
    try {
      const response = await this.#fetch(this.#config.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: timer.signal,
      })
      const text = await readLimited(response, this.#config.maxResponseBytes)
      return resultOf(text, { endpoint, method, status: response.status, url: endpoint, body })
    } catch (error) {
      if (timer.signal.aborted) throw timer.signal.reason
      if (BaseError.isInstance(error) || error instanceof RpcRequestError) throw error
      throw new RpcUnreachableError({ endpoint, method }, error)
    } finally {
      timer.clear()
    }
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'the configured URL'
}

async function readLimited(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let received = 0
  const reader = response.body.getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    received += value.length
    if (received > maxBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

type Context = {
  endpoint: string
  method: string
  status: number
  url: string
  body: Record<string, unknown>
}

function resultOf(text: string | undefined, context: Context): unknown {
  const { endpoint, method, status } = context
  if (text === undefined) {
    throw new RpcFaultError({ endpoint, method, status, rpcMessage: 'The answer is too large.' })
  }
  const answer = parseJson(text)
  if (typeof answer !== 'object' || answer === null) {
    throw new RpcFaultError({ endpoint, method, status, rpcMessage: 'The answer is not JSON-RPC.' })
  }
  if ('error' in answer && answer.error) throw rpcError(answer.error, context)
  if (!('result' in answer)) {
    throw new RpcFaultError({ endpoint, method, status, rpcMessage: 'The answer has no result.' })
  }
  return answer.result
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function rpcError(error: unknown, context: Context): RpcRequestError {
  const fields: { code?: unknown; message?: unknown; data?: unknown } =
    typeof error === 'object' ? { ...error } : {}
  return new RpcRequestError({
    url: context.url,
    body: context.body,
    error: {
      code: typeof fields.code === 'number' ? fields.code : -32603,
      message: typeof fields.message === 'string' ? fields.message.slice(0, 500) : 'no message',
      data: fields.data,
    },
  })
}
