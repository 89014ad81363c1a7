/** @module Time as a dependency, so that tests and simulations own it. */

export type Clock = {
  /** Wall time in milliseconds since the Unix epoch. */
  nowMs(): number
  /** Milliseconds from an arbitrary origin, never going back. Use it for intervals. */
  monotonicMs(): number
  /** Resolves after `ms`; rejects with `signal.reason` at once when aborted. */
  sleep(ms: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, options) =>
    new Promise((resolve, reject) => {
      const signal = options?.signal
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, ms)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}

/** A signal that aborts with `reason()` after `ms`, or when `signal` does. Call `clear` when the work is done. */
export function deadline(
  clock: Clock,
  ms: number,
  options: { readonly signal?: AbortSignal | undefined; readonly reason: () => Error },
): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  const timer = new AbortController()
  clock.sleep(ms, { signal: timer.signal }).then(
    () => controller.abort(options.reason()),
    () => undefined,
  )
  const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal
  return { signal, clear: () => timer.abort() }
}
