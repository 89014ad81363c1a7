/** @module The chain as a stream of blocks with our contracts' events, honest about reorganisations. */
import type { Hex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { BlockNotFoundError } from 'viem'
import type { ContractAddresses } from './addresses.ts'
import type { ChainClient } from './client.ts'
import { ReorgTooDeepError } from './errors.ts'
import { type ChainEvent, decodeEvents, eventAddresses } from './events.ts'

export type ChainBlock = {
  /** Of this chain; on a rollup not L1's. */
  readonly number: bigint
  readonly hash: Hex
  readonly parentHash: Hex
  /** Seconds since the Unix epoch, as the block says. */
  readonly timestamp: bigint
  /** In the order of the block. */
  readonly events: readonly ChainEvent[]
}

/** One step of the chain's tip: first forget `removed`, then take `added`. */
export type BlockUpdate = {
  /** No longer part of the chain, newest first; their events did not happen. */
  readonly removed: readonly ChainBlock[]
  /** Oldest first; each is the child of the one before. */
  readonly added: readonly ChainBlock[]
}

export type BlockStreamConfig = {
  /** First block; the newest one when absent. */
  readonly from?: bigint
  /** Pause between looks at the tip, default 1 s. */
  readonly pollMs?: number
  /** Blocks remembered to undo a reorganisation, default 128. */
  readonly depth?: number
}

export type BlockStreamDeps = {
  readonly client: ChainClient
  readonly addresses: ContractAddresses
  readonly clock: Clock
  readonly log: Log
}

/** Blocks fetched at once while catching up. */
const CHUNK = 50n

/**
 * Endless; each consumer reads its own. While the RPC is down nothing comes and nothing is lost. Ends by `signal`
 * with its reason. @throws {ReorgTooDeepError} when the stream cannot tell what to undo.
 */
export async function* followBlocks(
  config: BlockStreamConfig,
  deps: BlockStreamDeps,
  signal: AbortSignal,
): AsyncGenerator<BlockUpdate, void, undefined> {
  const follower = new Follower(config, deps)
  const pollMs = config.pollMs ?? 1000
  while (true) {
    signal.throwIfAborted()
    const update = await follower.poll()
    if (update) yield update
    if (!update || !follower.isBehind) await deps.clock.sleep(pollMs, { signal })
  }
}

class Follower {
  /** Part of the chain as far as was reported, oldest first. */
  #known: readonly ChainBlock[] = []
  #isDown = false
  /** More blocks were there than one chunk. */
  isBehind = false
  readonly #config: BlockStreamConfig
  readonly #deps: BlockStreamDeps

  constructor(config: BlockStreamConfig, deps: BlockStreamDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Nothing when the tip is unchanged, the RPC is down, or the chain changed while it was read. */
  async poll(): Promise<BlockUpdate | undefined> {
    try {
      const update = await this.#advance()
      this.#isDown = false
      return update
    } catch (error) {
      if (!BaseError.isInstance(error) || !error.retryable) throw error
      if (!this.#isDown) this.#deps.log.warn({ error }, 'block stream waits for the chain')
      this.#isDown = true
      this.isBehind = false
      return undefined
    }
  }

  async #advance(): Promise<BlockUpdate | undefined> {
    const head = await this.#header('latest')
    if (!head || head.hash === this.#known.at(-1)?.hash) return undefined
    const kept = await this.#keptBlocks(head.number)
    const first = (kept.at(-1)?.number ?? (this.#config.from ?? head.number) - 1n) + 1n
    const last = head.number < first + CHUNK ? head.number : first + CHUNK - 1n
    const added = await this.#fetch(first, last)
    if (!added || !isChain([...kept.slice(-1), ...added])) return undefined
    const removed = this.#known.slice(kept.length).reverse()
    if (removed.length === 0 && added.length === 0) return undefined
    this.#known = [...kept, ...added].slice(-(this.#config.depth ?? 128))
    this.isBehind = last < head.number
    return { removed, added }
  }

  /** The reported blocks that are still part of the chain. */
  async #keptBlocks(headNumber: bigint): Promise<readonly ChainBlock[]> {
    let kept = this.#known.filter((block) => block.number <= headNumber)
    for (let last = kept.at(-1); last; last = kept.at(-1)) {
      const now = await this.#header(last.number)
      if (now?.hash === last.hash) return kept
      kept = kept.slice(0, -1)
    }
    if (this.#known.length > 0) throw new ReorgTooDeepError({ depth: this.#known.length })
    return []
  }

  /** Nothing when the logs are of other blocks than the headers: the chain changed in between. */
  async #fetch(first: bigint, last: bigint): Promise<readonly ChainBlock[] | undefined> {
    if (last < first) return []
    const { client, addresses } = this.#deps
    const numbers = Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index))
    const headers = await Promise.all(numbers.map((number) => this.#header(number)))
    const logs = await client.guard(
      client.viem.getLogs({ address: eventAddresses(addresses), fromBlock: first, toBlock: last }),
      { what: 'eth_getLogs' },
    )
    const events = decodeEvents(logs, addresses)
    const blocks = headers.flatMap((header) =>
      header ? [{ ...header, events: events.filter((event) => event.blockHash === header.hash) }] : [],
    )
    const matched = blocks.reduce((count, block) => count + block.events.length, 0)
    return blocks.length === numbers.length && matched === events.length ? blocks : undefined
  }

  async #header(at: bigint | 'latest'): Promise<Omit<ChainBlock, 'events'> | undefined> {
    const { client } = this.#deps
    const request = at === 'latest' ? client.viem.getBlock() : client.viem.getBlock({ blockNumber: at })
    const block = await client.guard(
      request.catch((error: unknown) => {
        if (error instanceof BlockNotFoundError) return undefined
        throw error
      }),
      { what: 'eth_getBlockByNumber' },
    )
    if (!block) return undefined
    const { number, hash, parentHash, timestamp } = block
    return { number, hash, parentHash, timestamp }
  }
}

function isChain(blocks: readonly ChainBlock[]): boolean {
  return blocks.every((block, index) => index === 0 || block.parentHash === blocks[index - 1]?.hash)
}
