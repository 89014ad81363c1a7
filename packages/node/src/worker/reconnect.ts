/** @module Keeps a link to the orchestrator: again and again, with jittered pauses that grow while it fails. */
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'

const FIRST_PAUSE_MS = 200
/** A link that held for so long was a good one: the next pause is the first again. */
const STABLE_MS = 5_000

/** Runs `connect`, which ends or throws when the link is lost, until `signal` aborts. */
export async function keepConnected(
  name: string,
  connect: () => Promise<void>,
  options: {
    readonly maxPauseMs: number
    readonly signal: AbortSignal
    readonly clock: Clock
    readonly random: Random
    readonly log: Log
  },
): Promise<void> {
  const { signal, clock, random, log } = options
  let pauseMs = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const startedMs = clock.monotonicMs()
    let reason = 'the orchestrator ended it'
    try {
      await connect()
    } catch (error) {
      reason = describeError(error)
    }
    if (signal.aborted) return
    if (clock.monotonicMs() - startedMs >= STABLE_MS) pauseMs = FIRST_PAUSE_MS
    log.warn({ link: name, reason, pauseMs }, 'link lost; connecting again')
    await clock.sleep(pauseMs * (0.5 + random.uniform() / 2), { signal })
    pauseMs = Math.min(options.maxPauseMs, pauseMs * 2)
  }
}
