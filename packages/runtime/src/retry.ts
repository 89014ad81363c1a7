/** @module Bounded retries with jittered exponential back-off. */
import type { Clock } from './clock.ts'
import { BaseError } from './errors.ts'
import type { Random } from './random.ts'

export type RetryOptions = {
  readonly clock: Clock
  readonly random: Random
  /** Calls in all, at least 1. */
  readonly attempts: number
  /** Pause before the second call, doubled each time, in ms. */
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  readonly signal?: AbortSignal | undefined
  /** Defaults to the error's own `retryable`. */
  readonly isRetryable?: (error: unknown) => boolean
}

/**
 * Calls until it succeeds, fails for good, or has been tried `attempts` times; the last error is thrown. Each pause is
 * between half and all of the back-off, so that callers who failed together do not come back together.
 */
export async function retry<T>(call: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const isRetryable = options.isRetryable ?? ((error) => BaseError.isInstance(error) && error.retryable)
  options.signal?.throwIfAborted()
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(attempt)
    } catch (error) {
      if (attempt >= options.attempts || options.signal?.aborted || !isRetryable(error)) throw error
      const ceiling = Math.min(options.maxDelayMs, options.firstDelayMs * 2 ** (attempt - 1))
      await options.clock.sleep(ceiling * (0.5 + options.random.uniform() / 2), { signal: options.signal })
    }
  }
}
