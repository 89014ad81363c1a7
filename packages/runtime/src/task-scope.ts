/** @module Owner of background work: nothing runs without a scope that can stop it and wait for it. */

export type TaskScopeOptions = {
  /**
   * Told of the first failure of a task; the scope is then aborting, and how the others end no longer matters. Also
   * told of a clean-up that fails after the scope closed (`task` is then `clean-up`).
   */
  readonly onFailure?: (failure: { readonly task: string; readonly error: unknown }) => void
}

/**
 * A set of named tasks that end together. The first failure aborts the others; closing aborts and awaits all, then
 * runs the deferred clean-ups in reverse order. Closing is idempotent. A task must not wait for its own scope to close.
 */
export class TaskScope implements AsyncDisposable {
  readonly #controller = new AbortController()
  readonly #tasks = new Set<Promise<void>>()
  readonly #cleanups: (() => unknown)[] = []
  readonly #options: TaskScopeOptions
  readonly #failures: unknown[] = []
  #closing: Promise<void> | undefined
  #isClosed = false

  constructor(options: TaskScopeOptions = {}) {
    this.#options = options
  }

  /** Aborts when the scope closes or a task fails. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Starts `work` now; not at all once the scope is aborting. It must end promptly once `signal` aborts. */
  run(task: string, work: (signal: AbortSignal) => Promise<unknown>): void {
    if (this.#controller.signal.aborted) return
    const running: Promise<void> = this.#supervise(task, work).finally(() => this.#tasks.delete(running))
    this.#tasks.add(running)
  }

  /** Runs `cleanup` when the scope closes, after the tasks ended, last added first; at once when it has closed. */
  defer(cleanup: () => unknown): void {
    if (this.#isClosed) void this.#cleanUpLate(cleanup)
    else this.#cleanups.push(cleanup)
  }

  /** @throws {AggregateError} of clean-ups that failed; the others have run all the same */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Never rejects. Covers work that throws before its first `await`. */
  async #supervise(task: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    try {
      await work(this.#controller.signal)
    } catch (error) {
      if (this.#controller.signal.aborted) return
      this.#controller.abort(error)
      this.#tell(task, error)
    }
  }

  /** A listener that throws must not keep the scope from closing; what it threw comes out of `close`. */
  #tell(task: string, error: unknown): void {
    try {
      this.#options.onFailure?.({ task, error })
    } catch (thrown) {
      this.#failures.push(thrown)
    }
  }

  async #close(): Promise<void> {
    this.#controller.abort(new ScopeClosedError())
    while (this.#tasks.size > 0) await Promise.all(this.#tasks)
    for (let cleanup = this.#cleanups.pop(); cleanup; cleanup = this.#cleanups.pop()) {
      try {
        await cleanup()
      } catch (error) {
        this.#failures.push(error)
      }
    }
    this.#isClosed = true
    if (this.#failures.length > 0) {
      throw new AggregateError(this.#failures, 'Clean-up failed while closing a task scope.')
    }
  }

  async #cleanUpLate(cleanup: () => unknown): Promise<void> {
    try {
      await cleanup()
    } catch (error) {
      this.#tell('clean-up', error)
    }
  }
}

/** Abort reason of a scope that was closed on purpose. */
export class ScopeClosedError extends Error {
  constructor() {
    super('The work was stopped.')
    this.name = 'ScopeClosedError'
  }
}
