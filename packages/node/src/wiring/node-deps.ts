/** @module What every role needs of the process it runs in. */
import type { Clock } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { Metrics } from '@tessera/runtime/metrics'
import type { Random } from '@tessera/runtime/random'

export type NodeDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
}
