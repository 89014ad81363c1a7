/** @module What an orchestrator counted since it started: shown by `GET /status`. */

export type Counters = {
  segments: number
  segmentFailures: number
  pixels: bigint
  ticketsReceived: number
  ticketsWon: number
  paymentsRejected: number
  realtimeStarted: number
  realtimeEnded: number
}

export function newCounters(): Counters {
  return {
    segments: 0,
    segmentFailures: 0,
    pixels: 0n,
    ticketsReceived: 0,
    ticketsWon: 0,
    paymentsRejected: 0,
    realtimeStarted: 0,
    realtimeEnded: 0,
  }
}
