/** @module Bounded queue between one or more producers and one consumer. */

/** What a full queue does with one item more. */
export type Overflow = 'block' | 'drop-oldest' | 'latest-wins'

export type AsyncQueueOptions = {
  /** Largest number of waiting items, at least 1. */
  readonly capacity: number
  /** `block`: `push` waits. `drop-oldest`: the head goes. `latest-wins`: all waiting items go. */
  readonly overflow: Overflow
}

/** An `AsyncIterable` that producers push to. Items pushed before `end` are all delivered; after `fail` none are. */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = []
  readonly #options: AsyncQueueOptions
  readonly #waitingPushes: (() => void)[] = []
  #wake: (() => void) | undefined
  #state: { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: unknown } = { kind: 'open' }
  #dropped = 0

  constructor(options: AsyncQueueOptions) {
    this.#options = options
  }

  /** Items lost to the overflow policy so far. */
  get dropped(): number {
    return this.#dropped
  }

  get size(): number {
    return this.#items.length
  }

  /** Resolves when the item is in the queue; false when the queue no longer takes items. */
  async push(item: T): Promise<boolean> {
    if (this.#options.overflow === 'block') {
      while (this.#state.kind === 'open' && this.#items.length >= this.#options.capacity) {
        await new Promise<void>((resolve) => this.#waitingPushes.push(resolve))
      }
    }
    return this.offer(item)
  }

  /** Like `push` without waiting: under `block` a full queue refuses (false). */
  offer(item: T): boolean {
    if (this.#state.kind !== 'open') return false
    if (this.#items.length >= this.#options.capacity) {
      if (this.#options.overflow === 'block') return false
      const gone = this.#options.overflow === 'latest-wins' ? this.#items.length : 1
      this.#items.splice(0, gone)
      this.#dropped += gone
    }
    this.#items.push(item)
    this.#notify()
    return true
  }

  /** No more items: the consumer gets what is waiting, then the end. */
  end(): void {
    if (this.#state.kind !== 'open') return
    this.#state = { kind: 'ended' }
    this.#releaseAll()
  }

  /** The consumer's next read throws `error`; waiting items are discarded. */
  fail(error: unknown): void {
    if (this.#state.kind !== 'open') return
    this.#state = { kind: 'failed', error }
    this.#items.length = 0
    this.#releaseAll()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      while (true) {
        if (this.#state.kind === 'failed') throw this.#state.error
        if (this.#items.length > 0) {
          const item = this.#items.shift() as T
          this.#waitingPushes.shift()?.()
          yield item
          continue
        }
        if (this.#state.kind === 'ended') return
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    } finally {
      this.end()
    }
  }

  #notify(): void {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }

  #releaseAll(): void {
    this.#notify()
    for (const release of this.#waitingPushes.splice(0)) release()
  }
}
