/** @module Ctrl-C while many transactions are sent: the next one is not, and the waiting for the present one ends. */
import { DeclinedError } from '../problems.ts'

export class Interruption implements Disposable {
  readonly #controller = new AbortController()
  readonly #onInterrupt = (): void => this.#controller.abort(new DeclinedError())

  constructor() {
    process.on('SIGINT', this.#onInterrupt)
  }

  /** Aborts at Ctrl-C. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onInterrupt)
  }
}
