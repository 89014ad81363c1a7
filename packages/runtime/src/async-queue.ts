/** @module Bounded queue between one or more producers and one consumer. */
import { BaseError } from './errors.ts'

/** What a full queue does with one item more. */
export type Overflow = 'block' | 'drop-oldest' | 'latest-wins'

export type AsyncQueueOptions = {
  /** Largest number of waiting items, at least 1. */
  readonly capacity: number
  /** `block`: `push` waits. `drop-oldest`: the head goes. `latest-wins`: all waiting items go. */
  readonly overflow: Overflow
}

type BlockedPush<T> = { readonly item: T; settle(isTaken: boolean): void }

/**
 * An `AsyncIterable` that producers push to. Items are delivered in the order of the calls, also of calls that wait.
 * Items pushed before `end` are all delivered; after `fail` none are. A consumer that stops early ends the queue.
 */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #items: T[] = []
  readonly #options: AsyncQueueOptions
  readonly #blocked: BlockedPush<T>[] = []
  readonly #readers: (() => void)[] = []
  #state: { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: unknown } = { kind: 'open' }
  #dropped = 0

  constructor(options: AsyncQueueOptions) {
    if (!(options.capacity >= 1)) {
      throw new BaseError({
        code: 'QUEUE_CAPACITY',
        message: 'A queue must have room for an item.',
        facts: { capacity: options.capacity },
      })
    }
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
  push(item: T): Promise<boolean> {
    const mustWait =
      this.#state.kind === 'open' &&
      this.#options.overflow === 'block' &&
      this.#items.length >= this.#options.capacity
    if (!mustWait) return Promise.resolve(this.offer(item))
    return new Promise((resolve) => this.#blocked.push({ item, settle: resolve }))
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

  /** No more items: the consumer gets what is in the queue, then the end. A push that still waits for room is refused. */
  end(): void {
    if (this.#state.kind !== 'open') return
    this.#state = { kind: 'ended' }
    this.#release()
  }

  /** The consumer's next read throws `error`; waiting items are discarded. */
  fail(error: unknown): void {
    if (this.#state.kind !== 'open') return
    this.#state = { kind: 'failed', error }
    this.#items.length = 0
    this.#release()
  }

  /** Not a generator: its `return` would wait for a pending `next`, here it ends it. */
  [Symbol.asyncIterator](): AsyncIterator<T, void, undefined> {
    const end = { done: true, value: undefined } as const
    let isOver = false
    return {
      next: async () => {
        while (!isOver && this.#state.kind === 'open' && this.#items.length === 0) {
          await new Promise<void>((resolve) => this.#readers.push(resolve))
        }
        if (!isOver && this.#items.length > 0) return { done: false, value: this.#take() }
        if (!isOver && this.#state.kind === 'failed') {
          isOver = true
          throw this.#state.error
        }
        isOver = true
        return end
      },
      return: async () => {
        isOver = true
        this.end()
        this.#items.length = 0
        this.#notify()
        return end
      },
    }
  }

  /** The room that the head leaves goes to the push that waits longest, before any later call can take it. */
  #take(): T {
    const head = this.#items.shift() as T
    const next = this.#blocked.shift()
    if (next) {
      this.#items.push(next.item)
      next.settle(true)
    }
    return head
  }

  #notify(): void {
    for (const wake of this.#readers.splice(0)) wake()
  }

  #release(): void {
    this.#notify()
    for (const { settle } of this.#blocked.splice(0)) settle(false)
  }
}
