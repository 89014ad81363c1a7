/** @module What the gateway counts for Prometheus. */
import type { Metrics } from '@tessera/runtime/metrics'

export type GatewayMetrics = {
  segmentPublished(seconds: number): void
  segmentLost(): void
  swapped(seconds: number): void
  ticketsSent(count: number): void
}

/** Seconds from arrival to publication; a segment lasts about two. */
const SEGMENT_BUCKETS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 60]

/** Declares the metrics: once for a process. */
export function gatewayMetrics(metrics: Metrics): GatewayMetrics {
  const segments = metrics.counter({
    name: 'gateway_segments_total',
    help: 'Segments by what became of them: published or lost.',
    labels: ['result'],
  })
  const delivery = metrics.histogram({
    name: 'gateway_segment_delivery_seconds',
    help: 'From the arrival of a segment until its renditions were checked.',
    buckets: SEGMENT_BUCKETS,
  })
  const swaps = metrics.histogram({
    name: 'gateway_swap_seconds',
    help: 'From the failure of an orchestrator on a segment until another one delivered it.',
    buckets: SEGMENT_BUCKETS,
  })
  const tickets = metrics.counter({
    name: 'gateway_tickets_sent_total',
    help: 'Tickets sent with segments that were delivered.',
  })
  return {
    segmentPublished: (seconds) => {
      segments.add(1, { result: 'published' })
      delivery.observe(seconds)
    },
    segmentLost: () => segments.add(1, { result: 'lost' }),
    swapped: (seconds) => swaps.observe(seconds),
    ticketsSent: (count) => tickets.add(count),
  }
}
