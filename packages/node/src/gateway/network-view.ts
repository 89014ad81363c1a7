/** @module Puts together what `GET /api/network` answers. Pure. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { NetworkView, OrchestratorView, StreamView } from '@tessera/protocol/network-view'
import type { ChainSnapshot } from './chain-facts.ts'
import type { OrchestratorRecord } from './orchestrator-book.ts'

export type NetworkViewInput = {
  readonly atMs: number
  readonly nowMonotonicMs: number
  readonly address: Address
  readonly publishUrl: string
  readonly streams: readonly StreamView[]
  readonly orchestrators: readonly OrchestratorRecord[]
  readonly chain: ChainSnapshot | undefined
}

export function networkView(input: NetworkViewInput): NetworkView {
  const { chain, orchestrators } = input
  return {
    atMs: input.atMs,
    gateway: {
      address: input.address,
      publishUrl: input.publishUrl,
      depositWei: String(chain?.depositWei ?? 0n),
      reserveWei: String(chain?.reserveWei ?? 0n),
    },
    ...(chain && { chain: chain.chain }),
    streams: input.streams,
    orchestrators: orchestrators.map((record) => orchestratorView(record, input)),
    payments: {
      ticketsSent: orchestrators.reduce((sum, record) => sum + record.ticketsSent, 0),
      ticketsWon: orchestrators.reduce((sum, record) => sum + record.ticketsWon, 0),
      ...(chain?.payments ?? { redeemed: 0, redeemedWei: '0', redemptions: [] }),
    },
  }
}

/** Adds what real-time work was paid, which is booked apart because its speed and failures are judged apart. */
export function withPaymentsOf(
  realtime: { get(url: string): Pick<OrchestratorRecord, 'ticketsSent' | 'feesWei'> | undefined },
  records: readonly OrchestratorRecord[],
): readonly OrchestratorRecord[] {
  return records.map((record) => {
    const other = realtime.get(record.url)
    if (!other) return record
    const { ticketsSent, feesWei } = record
    return { ...record, ticketsSent: ticketsSent + other.ticketsSent, feesWei: feesWei + other.feesWei }
  })
}

function orchestratorView(record: OrchestratorRecord, input: NetworkViewInput): OrchestratorView {
  const address = record.address ?? ZERO_ADDRESS
  const onChain = input.chain?.orchestrators.find((other) => sameAddress(other.address, address))
  return {
    address,
    url: record.url,
    state: stateOf(record, input.nowMonotonicMs),
    stakeLpt: String(onChain?.stake ?? record.stake),
    lastRewardLpt: String(onChain?.lastReward ?? 0n),
    lastRewardRound: String(onChain?.lastRewardRound ?? 0n),
    ...(record.price && { price: { wei: String(record.price.wei), units: String(record.price.units) } }),
    segments: record.segments,
    failures: record.failures,
    ...(record.realtimeRatio !== undefined && { realtimeRatio: record.realtimeRatio }),
    ticketsSent: record.ticketsSent,
    ticketsWon: record.ticketsWon,
    feesWei: String(record.feesWei),
  }
}

function stateOf(record: OrchestratorRecord, nowMs: number): OrchestratorView['state'] {
  if (record.lastFailure === 'unreachable') return 'unreachable'
  // Full is no fault and passes within seconds.
  return record.suspendedUntilMs > nowMs && record.lastFailure !== 'full' ? 'suspended' : 'ready'
}
