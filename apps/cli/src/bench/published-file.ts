/** @module Publishes a file to a fresh network and measures what its processes spend. */
import { publishSource } from '@tessera/media/source/publish-source'
import type { StreamView } from '@tessera/protocol/network-view'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { silentLog } from '@tessera/runtime/log'
import { GatewayApi } from '../demo/gateway-api.ts'
import { DataFolder } from '../network/data-folder.ts'
import { LocalNetwork } from '../network/local-network.ts'
import { networkPorts } from '../network/ports.ts'
import { cpuSecondsOfTrees } from './process-cpu.ts'
import { quietMachine } from './quiet-machine.ts'

export type PublishedFileConfig = {
  readonly path: string
  readonly realtime: boolean
  readonly portBase?: number | undefined
}

export type NetworkCost = {
  /** Until all processes serve. */
  readonly startSeconds: number
  /** CPU seconds a second while nothing is published. */
  readonly idleShare: number
  /** CPU seconds from just before publishing until every frame is in every rendition. */
  readonly cpuSeconds: number
}

const COMPLETE_WITHIN_MS = 120_000
const SETTLE_MS = 2_000
const IDLE_MS = 8_000
/** A run that lost a segment did less than its baseline and is made again. */
const TRIES = 4

/** The network gave up a segment: what was measured is not the work that was asked for. */
class IncompleteStreamError extends BaseError {
  constructor(lost: number) {
    super({
      code: 'BENCH_STREAM_INCOMPLETE',
      message: `${lost} segments were lost, so the network did less than its baseline.`,
      advice: 'The machine is too busy for this bench. Close other programs.',
    })
  }
}

/** The chain, the gateway, both orchestrators and workers with their children count; publisher and bench do not. */
export async function costOfPublishing(
  config: PublishedFileConfig,
  deps: { readonly progress: (line: string) => void; readonly signal: AbortSignal },
): Promise<NetworkCost> {
  for (let attempt = 1; ; attempt++) {
    await quietMachine(systemClock, deps.signal)
    try {
      return await oneRun(config, deps.signal)
    } catch (error) {
      if (!(error instanceof IncompleteStreamError) || attempt === TRIES) throw error
      deps.progress('a segment was lost, so this run does not count')
    }
  }
}

async function oneRun(config: PublishedFileConfig, signal: AbortSignal): Promise<NetworkCost> {
  const ports = networkPorts({ base: config.portBase, orchestrators: 2 })
  using data = DataFolder.open({ path: '', ephemeral: true })
  const startMs = systemClock.monotonicMs()
  await using network = await LocalNetwork.start(
    { ports, data, verbose: false, realtime: config.realtime },
    { progress: () => undefined },
  )
  const startSeconds = (systemClock.monotonicMs() - startMs) / 1000
  const cpu = (): number => cpuSecondsOfTrees(network.processIds)
  await systemClock.sleep(SETTLE_MS, { signal })
  const idle = cpu()
  await systemClock.sleep(IDLE_MS, { signal })
  const before = cpu()
  await publishAndWait(network, config, signal)
  return { startSeconds, idleShare: (before - idle) / (IDLE_MS / 1000), cpuSeconds: cpu() - before }
}

async function publishAndWait(
  network: LocalNetwork,
  config: PublishedFileConfig,
  signal: AbortSignal,
): Promise<void> {
  const { frames } = await publishSource(
    { url: network.urls.publish, input: config.path },
    { clock: systemClock, log: silentLog, signal },
  )
  // Nobody asks the gateway for its view before: that would cost CPU which is not the stream's.
  const api = new GatewayApi(network.urls.watch, systemClock)
  await api.waitFor('all renditions', ({ streams }) => completed(streams[0], frames, config.realtime), {
    withinMs: COMPLETE_WITHIN_MS,
    signal,
  })
}

function completed(stream: StreamView | undefined, frames: number, realtime: boolean): true | undefined {
  if (!stream || stream.renditions.length === 0) return undefined
  if (stream.segmentsLost > 0) throw new IncompleteStreamError(stream.segmentsLost)
  const isLadderDone = stream.renditions.every((rendition) => rendition.frames === frames)
  return isLadderDone && (!realtime || stream.ai?.state === 'ended') ? true : undefined
}
