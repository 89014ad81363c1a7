/** @module Waits for other programs to leave the machine alone: what they take makes streams late and caches cold. */
import { cpus } from 'node:os'
import type { Clock } from '@tessera/runtime/clock'

const LOOK_MS = 2_000
const WAIT_AT_MOST_MS = 60_000
/** Share of all cores that must be idle. */
const QUIET = 0.6

/** Resolves when the machine is mostly idle, or after a minute: a busy machine is better measured than not at all. */
export async function quietMachine(clock: Clock, signal: AbortSignal): Promise<void> {
  const endMs = clock.monotonicMs() + WAIT_AT_MOST_MS
  let before = times()
  while (clock.monotonicMs() < endMs) {
    await clock.sleep(LOOK_MS, { signal })
    const now = times()
    if ((now.idle - before.idle) / (now.all - before.all) >= QUIET) return
    before = now
  }
}

/** Summed over the cores since the machine started, in ms. */
function times(): { readonly idle: number; readonly all: number } {
  const cores = cpus().map((core) => core.times)
  return {
    idle: cores.reduce((sum, { idle }) => sum + idle, 0),
    all: cores.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
  }
}
