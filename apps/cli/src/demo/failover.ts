/** @module Kills an orchestrator at work and measures how long the stream waits for another. */
import type { Address } from '@tessera/protocol/address'
import { sameAddress } from '@tessera/protocol/address'
import type { NetworkView } from '@tessera/protocol/network-view'
import type { Clock } from '@tessera/runtime/clock'
import type { LocalNetwork } from '../network/local-network.ts'
import type { GatewayApi } from './gateway-api.ts'

export type Failover = {
  /** Position among the network's nodes. */
  readonly index: number
  readonly killed: Address
  /** Segments given up before the kill. */
  readonly lostBefore: number
  /** From the kill to the next segment delivered by another node. */
  readonly swapMs: number
}

const SWAP_LIMIT_MS = 60_000

/** Takes the node that works on the newest segment; without one, the one that made the last. */
export async function killWorkingOrchestrator(
  network: LocalNetwork,
  api: GatewayApi,
  deps: { readonly clock: Clock; readonly signal: AbortSignal; readonly streamId: string },
): Promise<Failover> {
  const { clock, signal, streamId } = deps
  const victim = await api.waitFor('an orchestrator at work', (view) => workingNode(view, streamId), {
    withinMs: SWAP_LIMIT_MS,
    signal,
  })
  const index = network.nodes.findIndex((node) => sameAddress(node.address, victim))
  const before = await api.view(signal)
  const doneBefore = new Set(deliveredByOthers(before, streamId, victim))
  network.nodes[index]!.orchestrator.kill()
  const killedAt = clock.monotonicMs()
  await api.waitFor(
    'another orchestrator to take over',
    (view) => deliveredByOthers(view, streamId, victim).some((seq) => !doneBefore.has(seq)) || undefined,
    { withinMs: SWAP_LIMIT_MS, signal },
  )
  return {
    index,
    killed: victim,
    lostBefore: lost(before, streamId),
    swapMs: Math.round(clock.monotonicMs() - killedAt),
  }
}

export function lost(view: NetworkView, streamId: string): number {
  return view.streams.find(({ id }) => id === streamId)?.segmentsLost ?? 0
}

function workingNode(view: NetworkView, streamId: string): Address | undefined {
  const segments = view.streams.find(({ id }) => id === streamId)?.segments ?? []
  const working = segments.find(({ state, orchestrator }) => state === 'working' && orchestrator)
  return (working ?? segments.find(({ orchestrator }) => orchestrator))?.orchestrator
}

function deliveredByOthers(view: NetworkView, streamId: string, node: Address): readonly number[] {
  const segments = view.streams.find(({ id }) => id === streamId)?.segments ?? []
  return segments
    .filter(({ state, orchestrator }) => state === 'done' && orchestrator && !sameAddress(orchestrator, node))
    .map(({ seq }) => seq)
}
