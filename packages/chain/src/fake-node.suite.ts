/** @module A scripted JSON-RPC node behind `fetch`: blocks that a test can append and replace. */
import type { Hex } from '@tessera/runtime/bytes'
import type { Fetch } from './json-rpc.ts'

type Handler = (params: readonly unknown[]) => unknown

type Request = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }

type FakeBlock = {
  readonly number: number
  readonly hash: Hex
  readonly parentHash: Hex
  readonly logs: readonly unknown[]
}

export class FakeNode {
  readonly handlers: Map<string, Handler> = new Map()
  readonly calls: string[] = []
  #blocks: FakeBlock[] = []
  #made = 0

  constructor() {
    this.append(1)
    this.handlers.set('eth_chainId', () => '0x539')
    this.handlers.set('eth_getBlockByNumber', ([at]) => {
      const block = at === 'latest' ? this.#blocks.at(-1) : this.#blocks[Number(at)]
      return block ? rpcBlock(block) : null
    })
    this.handlers.set('eth_getLogs', ([filter]) => {
      const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string }
      return this.#blocks.slice(Number(fromBlock), Number(toBlock) + 1).flatMap(({ logs }) => logs)
    })
  }

  get hashes(): readonly Hex[] {
    return this.#blocks.map(({ hash }) => hash)
  }

  /** `count` new blocks; `logsOf` gives each the logs of it. */
  append(
    count: number,
    logsOf: (block: { number: number; hash: Hex }) => readonly unknown[] = () => [],
  ): void {
    for (let i = 0; i < count; i++) {
      const number = this.#blocks.length
      const hash = hex32(++this.#made)
      const parentHash = this.#blocks.at(-1)?.hash ?? hex32(0)
      this.#blocks.push({ number, hash, parentHash, logs: logsOf({ number, hash }) })
    }
  }

  /** Forgets the newest `depth` blocks. */
  dropBlocks(depth: number): void {
    this.#blocks = this.#blocks.slice(0, Math.max(1, this.#blocks.length - depth))
  }

  readonly fetch: Fetch = async (_, init) => {
    const request: Request | readonly Request[] = JSON.parse(String(init.body))
    // Answers of a batch may come in any order.
    const answer = isBatch(request)
      ? request.map((one) => this.#answer(one)).reverse()
      : this.#answer(request)
    return new Response(JSON.stringify(answer))
  }

  #answer({ id, method, params }: Request): Record<string, unknown> {
    this.calls.push(method)
    const handler = this.handlers.get(method)
    const answer = handler
      ? { result: handler(params) }
      : { error: { code: -32601, message: `no ${method}` } }
    return { jsonrpc: '2.0', id, ...answer }
  }
}

function isBatch(request: Request | readonly Request[]): request is readonly Request[] {
  return Array.isArray(request)
}

export function hex32(value: number): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`
}

function rpcBlock({ number, hash, parentHash }: FakeBlock): Record<string, unknown> {
  return { number: `0x${number.toString(16)}`, hash, parentHash, timestamp: '0x1', transactions: [] }
}
