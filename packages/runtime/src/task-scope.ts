/** @module Owner of background work: nothing runs without a scope that can stop it and wait for it. */

export type TaskScopeOptions = {
  /** Told when a task fails for any reason but the scope's own abort. The scope is then aborting. */
  readonly onFailure?: (failure: { readonly task: string; readonly error: unknown }) => void
}

/**
 * A set of named tasks that end together. The first failure aborts the others; closing aborts and awaits all, then
 * runs the deferred clean-ups in reverse order. Closing is idempotent.
 */
export class TaskScope implements AsyncDisposable {
  readonly #controller = new AbortController()
  readonly #tasks = new Set<Promise<void>>()
  readonly #cleanups: (() => unknown)[] = []
  readonly #options: TaskScopeOptions
  #closing: Promise<void> | undefined

  constructor(options: TaskScopeOptions = {}) {
    this.#options = options
  }

  /** Aborts when the scope closes or a task fails. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Starts `work` now. It must end promptly once `signal` aborts. */
  run(task: string, work: (signal: AbortSignal) => Promise<unknown>): void {
    if (this.#controller.signal.aborted) return
    const running: Promise<void> = work(this.#controller.signal).then(
      () => undefined,
      (error: unknown) => this.#onSettledBadly(task, error),
    )
    this.#tasks.add(running)
    void running.then(() => this.#tasks.delete(running))
  }

  /** Runs `cleanup` when the scope closes, after the tasks ended, last added first. */
  defer(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #onSettledBadly(task: string, error: unknown): void {
    const stopping = this.#controller.signal.aborted
    if (stopping) return
    this.#controller.abort(error)
    this.#options.onFailure?.({ task, error })
  }

  async #close(): Promise<void> {
    this.#controller.abort(new ScopeClosedError())
    while (this.#tasks.size > 0) await Promise.all(this.#tasks)
    const failures: unknown[] = []
    for (const cleanup of this.#cleanups.reverse()) {
      try {
        await cleanup()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Clean-up failed while closing a task scope.')
  }
}

/** Abort reason of a scope that was closed on purpose. */
export class ScopeClosedError extends Error {
  constructor() {
    super('The work was stopped.')
    this.name = 'ScopeClosedError'
  }
}
