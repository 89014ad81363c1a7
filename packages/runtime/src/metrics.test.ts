import { expect, test } from 'vitest'
import { createMetrics, noopMetrics } from './metrics.ts'

test('counters, gauges and histograms appear in the text with prefix, help and labels', async () => {
  const metrics = createMetrics()
  const segments = metrics.counter({
    name: 'gateway_segments_total',
    help: 'Segments taken.',
    labels: ['result'],
  })
  segments.add(2, { result: 'ok' })
  segments.add(1, { result: 'ok' })
  segments.add(1, { result: 'lost' })
  metrics.gauge({ name: 'gateway_streams', help: 'Streams now.' }).set(4)
  const seconds = metrics.histogram({
    name: 'gateway_segment_seconds',
    help: 'Time of a segment.',
    buckets: [0.1, 1],
  })
  seconds.observe(0.5)
  seconds.observe(5)
  const lines = (await metrics.text()).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '# HELP tessera_gateway_segments_total Segments taken.',
      '# TYPE tessera_gateway_segments_total counter',
      'tessera_gateway_segments_total{result="ok"} 3',
      'tessera_gateway_segments_total{result="lost"} 1',
      'tessera_gateway_streams 4',
      'tessera_gateway_segment_seconds_bucket{le="0.1"} 0',
      'tessera_gateway_segment_seconds_bucket{le="1"} 1',
      'tessera_gateway_segment_seconds_bucket{le="+Inf"} 2',
      'tessera_gateway_segment_seconds_count 2',
    ]),
  )
})

test('each role has metrics of its own: the same name in two of them does not clash', async () => {
  const [a, b] = [createMetrics(), createMetrics()]
  a.counter({ name: 'tickets_total', help: 'Tickets.' }).add(1)
  b.counter({ name: 'tickets_total', help: 'Tickets.' }).add(2)
  expect(await a.text()).toContain('tessera_tickets_total 1')
  expect(await b.text()).toContain('tessera_tickets_total 2')
})

test('a counter cannot go down, and a label that was not declared is an error', () => {
  const counter = createMetrics().counter({ name: 'x_total', help: 'X.', labels: ['result'] })
  expect(() => counter.add(-1)).toThrow()
  expect(() => counter.add(1, { session: 'abc' })).toThrow()
})

test('metrics that are off take everything and say nothing', async () => {
  noopMetrics.counter({ name: 'a', help: '' }).add(1)
  noopMetrics.gauge({ name: 'b', help: '' }).set(1)
  noopMetrics.histogram({ name: 'c', help: '', buckets: [] }).observe(1)
  expect(await noopMetrics.text()).toBe('')
})
