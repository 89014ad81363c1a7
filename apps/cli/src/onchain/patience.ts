/** @module How long a command waits for a block. */
import { DeclinedError } from './problems.ts'

/** Ends the waiting at Ctrl-C or when the time is up. */
export class Patience implements Disposable {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout
  #why = ''
  #isInterrupted = false
  readonly #onInterrupt = (): void => {
    this.#isInterrupted = true
    this.#end('You stopped waiting.')
  }

  constructor(seconds: number) {
    this.#timer = setTimeout(() => this.#end(`No block took it within ${seconds} s.`), seconds * 1000)
    process.on('SIGINT', this.#onInterrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the waiting ended, empty while it goes on. */
  get why(): string {
    return this.#why
  }

  /** Whether it ended at Ctrl-C. */
  get isInterrupted(): boolean {
    return this.#isInterrupted
  }

  #end(why: string): void {
    this.#why = why
    this.#controller.abort(new DeclinedError())
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    process.off('SIGINT', this.#onInterrupt)
  }
}
