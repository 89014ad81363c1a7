/** @module What the gateway knows: `/api/network`, `/api/streams`, `/api/events`, `/healthz`, `/metrics`. */
import type { NetworkView } from '@tessera/protocol/network-view'
import type { Clock } from '@tessera/runtime/clock'
import type { Metrics } from '@tessera/runtime/metrics'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'

export type NetworkRouteDeps = {
  readonly view: () => NetworkView
  readonly metrics: Pick<Metrics, 'text'>
  readonly clock: Clock
  /** Ends the event streams. */
  readonly signal: AbortSignal
}

const EVENT_INTERVAL_MS = 1_000
const NO_STORE = { 'Cache-Control': 'no-store' }

export function networkRoutes(deps: NetworkRouteDeps): Hono {
  const app = new Hono()
  app.get('/api/network', (context) => context.json(deps.view(), 200, NO_STORE))
  app.get('/api/streams', (context) => context.json(deps.view().streams, 200, NO_STORE))
  app.get('/api/events', (context) => {
    // Proxies that buffer (nginx) would hold events back.
    context.header('X-Accel-Buffering', 'no')
    return streamSSE(context, async (events) => {
      const gone = new AbortController()
      events.onAbort(() => gone.abort(new Error('The client is gone.')))
      const signal = AbortSignal.any([deps.signal, gone.signal])
      while (!signal.aborted) {
        await events.writeSSE({ event: 'network', data: JSON.stringify(deps.view()) })
        await deps.clock.sleep(EVENT_INTERVAL_MS, { signal }).catch(() => undefined)
      }
    })
  })
  app.get('/healthz', (context) => {
    const { streams, orchestrators } = deps.view()
    const live = streams.filter((stream) => stream.isLive).length
    const ready = orchestrators.filter((orchestrator) => orchestrator.state === 'ready').length
    return context.json({ status: 'ok', liveStreams: live, readyOrchestrators: ready }, 200, NO_STORE)
  })
  app.get('/metrics', async (context) =>
    context.body(await deps.metrics.text(), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      ...NO_STORE,
    }),
  )
  return app
}
