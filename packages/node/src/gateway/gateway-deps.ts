/** @module Everything the gateway needs of the rest of the world; `wiring/gateway.ts` provides it. */
import type { ObjectStore } from '@tessera/media/store/object-store'
import type { Payer } from '@tessera/payments/payer'
import type { Clock } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { Metrics } from '@tessera/runtime/metrics'
import type { Random } from '@tessera/runtime/random'
import type { OrchestratorApi } from '../rpc/orchestrator-api.ts'
import type { ChainFacts } from './chain-facts.ts'
import type { Directory } from './directory.ts'
import type { RealtimeChannelFactory } from './realtime-channel.ts'
import type { PipelineDescription } from './realtime-session.ts'

export type GatewayDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  readonly directory: Directory
  readonly api: OrchestratorApi
  readonly payer: Payer
  readonly store: ObjectStore
  readonly chainFacts: ChainFacts
  readonly channels: RealtimeChannelFactory
  /** The pipeline of the settings, in words; undefined when no real-time AI is wanted. */
  readonly pipeline: PipelineDescription | undefined
  /** What an orchestrator says of itself. Rejects when it cannot be asked. */
  readonly statusOf: (url: string, signal: AbortSignal) => Promise<{ readonly ticketsWon: number }>
}
