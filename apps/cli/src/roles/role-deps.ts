/** @module What every role process is given: the real clock, randomness, log and metrics. */
import { type Clock, systemClock } from '@tessera/runtime/clock'
import { createLog, type Log } from '@tessera/runtime/log'
import { createMetrics, type Metrics } from '@tessera/runtime/metrics'
import { type Random, systemRandom } from '@tessera/runtime/random'

export type RoleDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
}

/** A role while it runs; disposing it ends it in order. */
export type RunningRole = AsyncDisposable & { readonly facts: Readonly<Record<string, string | number>> }

export function roleDeps(name: string): RoleDeps {
  return {
    clock: systemClock,
    random: systemRandom,
    log: createLog({ name, level: 'info' }),
    metrics: createMetrics(),
  }
}
