/** @module A JSON-RPC endpoint on this machine through which a chain can be read, and nothing can be sent to it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { BaseError } from '@tessera/runtime/errors'
import type { ChainClient } from '../client.ts'

/** What a copy of a chain asks for. */
const READING =
  /^(eth_(get[A-Za-z]+|chainId|blockNumber|gasPrice|feeHistory|maxPriorityFeePerGas|call)|net_version|web3_clientVersion)$/
const MAX_REQUEST_BYTES = 1_000_000
const METHOD_NOT_FOUND = -32_601
const SERVER_ERROR = -32_000

/** Open until it is disposed. The URL holds no secret of the chain's RPC, so it may be an argument of a process. */
export class ReadingDoor implements AsyncDisposable {
  readonly url: string
  readonly #close: () => Promise<void>

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url
    this.#close = close
  }

  static async open(client: ChainClient): Promise<ReadingDoor> {
    const server = createServer((request, response) => {
      answer(client, request).then(
        (body) => send(response, 200, body),
        () => send(response, 400, ''),
      )
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const at = server.address()
    const port = typeof at === 'object' && at !== null ? at.port : 0
    return new ReadingDoor(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}

type Request = { readonly id?: unknown; readonly method?: unknown; readonly params?: unknown }

async function answer(client: ChainClient, request: IncomingMessage): Promise<string> {
  const asked: unknown = JSON.parse(await bodyOf(request))
  if (!Array.isArray(asked)) return JSON.stringify(await answerOne(client, asked))
  return JSON.stringify(await Promise.all(asked.map((one: unknown) => answerOne(client, one))))
}

async function answerOne(client: ChainClient, asked: unknown): Promise<object> {
  const { id = null, method, params }: Request = typeof asked === 'object' && asked !== null ? asked : {}
  const refuse = (code: number, message: string) => ({ jsonrpc: '2.0', id, error: { code, message } })
  if (typeof method !== 'string' || !READING.test(method)) {
    return refuse(METHOD_NOT_FOUND, `${String(method).slice(0, 60)} is not offered here`)
  }
  try {
    const result = await client.raw(method, Array.isArray(params) ? params : [])
    return { jsonrpc: '2.0', id, result: result ?? null }
  } catch (error) {
    return refuse(SERVER_ERROR, BaseError.isInstance(error) ? error.message : 'the chain did not answer')
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    // Node's HTTP server gives buffers unless an encoding is set.
    const part = chunk as Buffer
    bytes += part.length
    if (bytes > MAX_REQUEST_BYTES) throw new RangeError('too long')
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
