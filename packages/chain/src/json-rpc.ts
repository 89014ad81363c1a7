/** @module JSON-RPC 2.0 over HTTP with limits: the only place where this package touches the network. */
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { RpcRequestError } from 'viem'
import { RpcFaultError, RpcTimeoutError, RpcUnreachableError } from './errors.ts'

export type JsonRpcConfig = {
  readonly url: string
  /** For one round trip, connecting and reading the whole answer included. */
  readonly timeoutMs: number
  readonly maxResponseBytes: number
}

/** The part of `fetch` that is used; tests pass their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Nodes commonly take 100 in a batch or more; a smaller one keeps answers small. */
const MAX_BATCH = 25

type Call = {
  readonly id: number
  readonly method: string
  readonly params: unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Calls one endpoint. Calls that are made together travel together, as one batch (JSON-RPC 2.0 §6): a round trip costs
 * far more than a call. A node that takes no batches gets its calls one by one from then on. The URL may hold an API
 * key, so errors name only its origin.
 */
export class JsonRpc {
  /** Scheme, host and port: safe to log. */
  readonly endpoint: string
  readonly #config: JsonRpcConfig
  readonly #clock: Clock
  readonly #fetch: Fetch
  #lastId = 0
  #waiting: Call[] = []
  #maxBatch = MAX_BATCH

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
  call(method: string, params: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // Calls of one `Promise.all` arrive right after each other, before this microtask.
      if (this.#waiting.length === 0) queueMicrotask(() => this.#sendWaiting())
      this.#waiting.push({ id: ++this.#lastId, method, params, resolve, reject })
    })
  }

  #sendWaiting(): void {
    const calls = this.#waiting
    this.#waiting = []
    for (let at = 0; at < calls.length; at += this.#maxBatch) {
      void this.#send(calls.slice(at, at + this.#maxBatch))
    }
  }

  /** Settles each call; never rejects. */
  async #send(calls: readonly Call[]): Promise<void> {
    const { endpoint } = this
    const { timeoutMs } = this.#config
    const methods = [...new Set(calls.map(({ method }) => method))].join(', ')
    const timer = deadline(this.#clock, timeoutMs, {
      reason: () => new RpcTimeoutError({ endpoint, method: methods, timeoutMs }),
    })
    const bodies = calls.map(({ id, method, params }) => ({ jsonrpc: '2.0', id, method, params }))
    try {
      const response = await this.#fetch(this.#config.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(bodies.length === 1 ? bodies[0] : bodies),
        signal: timer.signal,
      })
      const text = await readLimited(response, this.#config.maxResponseBytes)
      this.#settle(calls, bodies, { text, status: response.status })
    } catch (error) {
      const isTyped = BaseError.isInstance(error)
      for (const { method, reject } of calls) {
        if (timer.signal.aborted) reject(timer.signal.reason)
        else reject(isTyped ? error : new RpcUnreachableError({ endpoint, method }, error))
      }
    } finally {
      timer.clear()
    }
  }

  #settle(
    calls: readonly Call[],
    bodies: readonly Record<string, unknown>[],
    answer: { readonly text: string | undefined; readonly status: number },
  ): void {
    const { endpoint } = this
    const parsed = answer.text === undefined ? undefined : parseJson(answer.text)
    if (calls.length > 1 && isErrorObject(parsed)) {
      this.#maxBatch = 1
      for (const call of calls) void this.#send([call])
      return
    }
    const answers = Array.isArray(parsed) && calls.length > 1 ? answersById(parsed) : undefined
    calls.forEach(({ id, method, resolve, reject }, i) => {
      const context = { endpoint, method, status: answer.status, url: endpoint, body: bodies[i]! }
      try {
        if (answer.text === undefined) {
          const rpcMessage = 'The answer is too large.'
          throw new RpcFaultError({ endpoint, method, status: answer.status, rpcMessage })
        }
        resolve(resultOf(answers ? answers.get(id) : parsed, context))
      } catch (error) {
        reject(error)
      }
    })
  }
}

/** What nodes say to a batch that they do not take. */
function isErrorObject(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer) && 'error' in answer
}

/** Answers may come in any order (JSON-RPC 2.0 §6). */
function answersById(answers: readonly unknown[]): ReadonlyMap<unknown, unknown> {
  return new Map(
    answers.flatMap((answer) =>
      typeof answer === 'object' && answer !== null && 'id' in answer ? [[answer.id, answer] as const] : [],
    ),
  )
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

function resultOf(answer: unknown, context: Context): unknown {
  const { endpoint, method, status } = context
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
