/** @module What the gateway tells a person about its streams and the network, as JSON: `GET /api/network`. */
import type { Address } from './address.ts'

/** A bigint as decimal digits. */
export type Decimal = string

export type NetworkView = {
  readonly atMs: number
  readonly gateway: {
    readonly address: Address
    /** Where to publish, without the stream key, e.g. `rtmp://localhost:1935/live`. */
    readonly publishUrl: string
    readonly depositWei: Decimal
    readonly reserveWei: Decimal
  }
  /** Absent when the gateway works off chain. */
  readonly chain?: ChainView
  readonly streams: readonly StreamView[]
  readonly orchestrators: readonly OrchestratorView[]
  readonly payments: PaymentsView
}

export type ChainView = {
  readonly chainId: number
  readonly block: number
  readonly round: Decimal
  /** 0 at the round's first block, 1 at its end. */
  readonly roundProgress: number
  /** LPT minted per round, in 10^-9 of the supply. */
  readonly inflationPerBillion: Decimal
  readonly totalStakeLpt: Decimal
}

export type StreamView = {
  readonly id: string
  readonly isLive: boolean
  readonly startedAtMs: number
  readonly source: { readonly width: number; readonly height: number; readonly hasAudio: boolean }
  readonly segmentsIn: number
  readonly framesIn: number
  readonly durationMs: number
  /** Segments given up. 0 unless something went wrong. */
  readonly segmentsLost: number
  /** From the first byte published to the first rendition segment in a playlist. */
  readonly firstPlayableMs?: number
  /** Paths on the gateway, e.g. `/stream/demo.m3u8`. */
  readonly hlsPath: string
  readonly renditions: readonly RenditionView[]
  /** Newest first, at most 60. */
  readonly segments: readonly SegmentView[]
  /** Segments that one orchestrator failed on or was too slow for and another delivered; newest first, at most 20. */
  readonly swaps: readonly SwapView[]
  readonly ai?: RealtimeView
}

export type SwapView = {
  readonly seq: number
  readonly from: Address
  readonly to: Address
  /** From the failure to the delivery. */
  readonly ms: number
}

export type RenditionView = {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly segments: number
  readonly frames: number
  readonly bytes: number
}

export type SegmentView = {
  readonly seq: number
  readonly state: 'working' | 'done' | 'lost'
  readonly durationMs: number
  readonly orchestrator?: Address
  /** Orchestrators tried, the one that delivered included. */
  readonly attempts: number
  readonly uploadMs?: number
  /** From the end of the upload to the result. */
  readonly transcodeMs?: number
  readonly totalMs?: number
  readonly feeWei?: Decimal
  readonly tickets?: number
}

export type RealtimeView = {
  readonly pipeline: string
  readonly description: string
  readonly state: 'starting' | 'running' | 'swapping' | 'ended'
  readonly orchestrator?: Address
  readonly hlsPath: string
  /** The playlist at `hlsPath` exists: the first segment came back. */
  readonly isPlayable: boolean
  readonly framesIn: number
  readonly framesOut: number
  /** From a frame leaving the gateway to its result coming back. */
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly swaps: number
}

export type OrchestratorView = {
  readonly address: Address
  readonly url: string
  readonly state: 'ready' | 'suspended' | 'unreachable'
  readonly stakeLpt: Decimal
  /** LPT minted to it in the last round in which it called reward. */
  readonly lastRewardLpt: Decimal
  readonly lastRewardRound: Decimal
  readonly price?: { readonly wei: Decimal; readonly units: Decimal }
  readonly segments: number
  readonly failures: number
  /** Work time ÷ media time, moving average; below 1 is faster than real time. */
  readonly realtimeRatio?: number
  readonly ticketsSent: number
  readonly ticketsWon: number
  readonly feesWei: Decimal
}

export type PaymentsView = {
  readonly ticketsSent: number
  /** As the orchestrators report it. */
  readonly ticketsWon: number
  /** From the chain's events. */
  readonly redeemed: number
  readonly redeemedWei: Decimal
  /** Newest first, at most 20. */
  readonly redemptions: readonly {
    readonly transaction: string
    readonly recipient: Address
    readonly wei: Decimal
    readonly block: number
  }[]
}
