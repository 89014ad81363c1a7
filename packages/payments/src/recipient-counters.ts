/** @module What an orchestrator counts about the tickets it gets. */
import type { Metrics } from '@tessera/runtime/metrics'

export type RecipientCounters = Readonly<
  Record<'received' | 'won' | 'rejected', ReturnType<Metrics['counter']>>
>

export function recipientCounters(metrics: Metrics): RecipientCounters {
  return {
    received: metrics.counter({
      name: 'payments_tickets_received_total',
      help: 'Tickets that were credited.',
    }),
    won: metrics.counter({ name: 'payments_tickets_won_total', help: 'Tickets that won.' }),
    rejected: metrics.counter({
      name: 'payments_payments_rejected_total',
      help: 'Payments with a bad ticket, by reason.',
      labels: ['code'],
    }),
  }
}
