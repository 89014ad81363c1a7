/** @module Time as a dependency, so that tests and simulations own it. */

export type Clock = {
  /** Wall time in milliseconds since the Unix epoch. */
  nowMs(): number
  /** Milliseconds from an arbitrary origin, never going back. Use it for intervals. */
  monotonicMs(): number
  /** Resolves after `ms`; rejects with `signal.reason` at once when aborted. */
  sleep(ms: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
}

/** `setTimeout` takes 31 bits; more would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, options) => {
    let leftMs = ms
    for (; leftMs > LONGEST_TIMER_MS; leftMs -= LONGEST_TIMER_MS)
      await sleepOnce(LONGEST_TIMER_MS, options?.signal)
    await sleepOnce(leftMs, options?.signal)
  },
}

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
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
  })
}

/** Seen by nobody. Without a reason, `abort` makes an exception with a stack, the dearest part of a deadline. */
const CLEARED = 'cleared'

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
  return { signal, clear: () => timer.abort(CLEARED) }
}
