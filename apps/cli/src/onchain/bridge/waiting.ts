/** @module Waits for something to happen on a chain. */
import { systemClock } from '@tessera/runtime/clock'
import { Patience } from '../patience.ts'
import { NotYetError } from './not-yet.ts'

const POLL_MS = 500

/** The first value that `look` finds. @throws {NotYetError} when the time is up or at Ctrl-C. */
export async function waitFor<T>(
  look: () => Promise<T | undefined>,
  options: { readonly seconds: number; readonly what: string; readonly advice: string },
): Promise<T> {
  using patience = new Patience(options.seconds)
  while (true) {
    const found = await look()
    if (found !== undefined) return found
    await systemClock.sleep(POLL_MS, { signal: patience.signal }).catch(() => undefined)
    if (patience.signal.aborted) throw new NotYetError(options.what, options.advice)
  }
}
