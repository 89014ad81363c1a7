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

export async function retry<T>(call: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const isRetryable = options.isRetryable ?? ((error) => BaseError.isInstance(error) && error.retryable)
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
