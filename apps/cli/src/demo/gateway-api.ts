/** @module Reads the gateway's view of the network over HTTP. */
import type { NetworkView, StreamView } from '@tessera/protocol/network-view'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'

const POLL_MS = 100

class WaitedTooLongError extends BaseError {
  constructor(what: string, ms: number) {
    super({ code: 'DEMO_WAITED_TOO_LONG', message: `Waited ${Math.round(ms / 1000)} s for ${what}.` })
  }
}

export class GatewayApi {
  readonly #base: URL
  readonly #clock: Clock

  constructor(base: string, clock: Clock) {
    this.#base = new URL(base)
    this.#clock = clock
  }

  url(path: string): URL {
    return new URL(path, this.#base)
  }

  async view(signal: AbortSignal): Promise<NetworkView> {
    const response = await fetch(this.url('/api/network'), { signal })
    return (await response.json()) as NetworkView // our own gateway's JSON
  }

  async stream(id: string, signal: AbortSignal): Promise<StreamView | undefined> {
    const { streams } = await this.view(signal)
    return streams.find((stream) => stream.id === id)
  }

  /** Asks until `pick` finds something. @throws after `withinMs`. */
  async waitFor<T>(
    what: string,
    pick: (view: NetworkView) => T | undefined,
    options: { readonly withinMs: number; readonly signal: AbortSignal },
  ): Promise<T> {
    const start = this.#clock.monotonicMs()
    while (true) {
      const found = pick(await this.view(options.signal))
      if (found !== undefined) return found
      if (this.#clock.monotonicMs() - start > options.withinMs)
        throw new WaitedTooLongError(what, options.withinMs)
      await this.#clock.sleep(POLL_MS, { signal: options.signal })
    }
  }
}
