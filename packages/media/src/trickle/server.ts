/** @module Trickle over HTTP: a handler to mount on a server, and the channels behind it (go-livepeer wire). */
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import { TrickleChannel } from './channel.ts'
import { serveChannel } from './channel-http.ts'
import type { TrickleRequest, TrickleResponse } from './http-ports.ts'

export type TrickleServerConfig = {
  /** Path in front of channel names, beginning and ending with a slash: `/ai/trickle/` at an orchestrator. */
  readonly basePath: string
  /** Default 16 MiB: two seconds of video at 64 Mb/s. */
  readonly maxSegmentBytes?: number
  /** Channels open at a time. Default 1024. */
  readonly maxChannels?: number
  /** A channel without a new segment for so long is closed. Default 5 minutes (go-livepeer wire). */
  readonly idleCloseMs?: number
}

export type NewChannel = {
  readonly name: string
  readonly contentType: string
  readonly onSegmentStarted?: (seq: number) => void
  readonly onClosed?: () => void
}

/** A channel that cannot be made: bad or taken name, or too many channels. */
export class TrickleChannelRefusedError extends BaseError {
  constructor(reason: 'bad name' | 'name taken' | 'too many channels', name: string) {
    super({
      code: 'TRICKLE_CHANNEL_REFUSED',
      message: `The trickle channel was not made: ${reason}.`,
      facts: { name },
      retryable: reason === 'too many channels',
    })
  }
}

const NAME = /^[A-Za-z0-9._~-]{1,128}$/
const SWEEP_MS = 60_000
const IDLE_CLOSE_MS = 5 * 60_000
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024
const MAX_CHANNELS = 1024

type Held = { readonly channel: TrickleChannel; activeAtMs: number }

/**
 * Channels are made in process only (`createChannel`); over HTTP they are published to, read and deleted by whoever
 * knows their name. Mount `handle` on a server whose `requestTimeout` is 0: a publisher connects long before it writes.
 */
export class TrickleServer implements AsyncDisposable {
  readonly #config: TrickleServerConfig
  readonly #deps: { readonly clock: Clock; readonly log: Log }
  readonly #channels = new Map<string, Held>()
  readonly #scope = new TaskScope()

  constructor(config: TrickleServerConfig, deps: { readonly clock: Clock; readonly log: Log }) {
    this.#config = config
    this.#deps = deps
    this.#scope.run('close idle channels', (signal) => this.#sweep(signal))
  }

  /** @throws {TrickleChannelRefusedError} */
  createChannel(options: NewChannel): TrickleChannel {
    const { name } = options
    if (!NAME.test(name)) throw new TrickleChannelRefusedError('bad name', name)
    if (this.#channels.has(name)) throw new TrickleChannelRefusedError('name taken', name)
    if (this.#channels.size >= (this.#config.maxChannels ?? MAX_CHANNELS)) {
      throw new TrickleChannelRefusedError('too many channels', name)
    }
    const held: Held = {
      channel: new TrickleChannel({
        name,
        contentType: options.contentType,
        maxSegmentBytes: this.#config.maxSegmentBytes ?? MAX_SEGMENT_BYTES,
        onSegmentStarted: (seq) => {
          held.activeAtMs = this.#deps.clock.monotonicMs()
          options.onSegmentStarted?.(seq)
        },
        onClosed: () => {
          this.#channels.delete(name)
          options.onClosed?.()
        },
      }),
      activeAtMs: this.#deps.clock.monotonicMs(),
    }
    this.#channels.set(name, held)
    return held.channel
  }

  channel(name: string): TrickleChannel | undefined {
    return this.#channels.get(name)?.channel
  }

  /** False when there is no such channel. */
  closeChannel(name: string): boolean {
    const channel = this.channel(name)
    channel?.close()
    return channel !== undefined
  }

  /** Answers a request under the base path and returns true; leaves any other alone and returns false. */
  handle(request: TrickleRequest, response: TrickleResponse): boolean {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (!path.startsWith(this.#config.basePath)) return false
    const [name = '', index, ...rest] = path.slice(this.#config.basePath.length).split('/')
    const channel = rest.length === 0 ? this.channel(name) : undefined
    this.#scope.run('trickle request', async (signal) => {
      try {
        await serveChannel({ channel, index, request, response, clock: this.#deps.clock, signal })
      } catch (error) {
        this.#deps.log.debug(
          { method: request.method, reason: describeError(error) },
          'trickle request failed',
        )
        if (response.headersSent) response.destroy()
        else {
          response.writeHead(500, { 'Content-Length': 0 })
          response.end()
        }
      }
    })
    return true
  }

  /** Closes all channels, which ends every request. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { channel } of [...this.#channels.values()]) channel.close()
    await this.#scope.close()
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const idleMs = this.#config.idleCloseMs ?? IDLE_CLOSE_MS
    while (true) {
      await this.#deps.clock.sleep(Math.min(SWEEP_MS, idleMs), { signal })
      const now = this.#deps.clock.monotonicMs()
      for (const { channel, activeAtMs } of [...this.#channels.values()]) {
        // Names that begin with an underscore are the server's own feeds and live as long as it does.
        if (now - activeAtMs >= idleMs && !channel.name.startsWith('_')) channel.close()
      }
    }
  }
}
