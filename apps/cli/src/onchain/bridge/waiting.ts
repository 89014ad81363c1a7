/** @module Waits for something to happen on a chain. */
import { systemClock } from '@tessera/runtime/clock'
import { Patience } from '../patience.ts'
import { NotYetError } from './not-yet.ts'

const POLL_MS = 500

type Wait = {
  readonly seconds: number
  /** What is known when the time is up. */
  readonly late: () => Promise<NotYetError>
  /** What to do after Ctrl-C. */
  readonly advice: string
}

/** The first value that `look` finds. @throws {NotYetError} when the time is up or at Ctrl-C. */
export async function waitFor<T>(look: () => Promise<T | undefined>, wait: Wait): Promise<T> {
  using patience = new Patience(wait.seconds)
  while (true) {
    const found = await look()
    if (found !== undefined) return found
    await systemClock.sleep(POLL_MS, { signal: patience.signal }).catch(() => undefined)
    if (!patience.signal.aborted) continue
    throw patience.isInterrupted ? new NotYetError('You stopped waiting.', wait.advice) : await wait.late()
  }
}
