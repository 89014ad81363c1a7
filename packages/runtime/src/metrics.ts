/** @module Counters, gauges and histograms, declared beside the code that counts. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Labels = Readonly<Record<string, string>>

export type Metric = { readonly name: string; readonly help: string; readonly labels?: readonly string[] }

/** Names: `<area>_<noun>_<unit>[_total]`, seconds and bytes. Labels are bounded sets, never ids. */
export type Metrics = {
  counter(metric: Metric): { add(value: number, labels?: Labels): void }
  gauge(metric: Metric): { set(value: number, labels?: Labels): void }
  histogram(metric: Metric & { readonly buckets: readonly number[] }): {
    observe(value: number, labels?: Labels): void
  }
  /** Prometheus text exposition format 0.0.4. */
  text(): Promise<string>
}

export function createMetrics(): Metrics {
  const registers = [new Registry()]
  const base = (metric: Metric) => ({
    name: `tessera_${metric.name}`,
    help: metric.help,
    labelNames: [...(metric.labels ?? [])],
    registers,
  })
  return {
    counter: (metric) => {
      const counter = new Counter(base(metric))
      return { add: (value, labels = {}) => counter.inc(labels, value) }
    },
    gauge: (metric) => {
      const gauge = new Gauge(base(metric))
      return { set: (value, labels = {}) => gauge.set(labels, value) }
    },
    histogram: (metric) => {
      const histogram = new Histogram({ ...base(metric), buckets: [...metric.buckets] })
      return { observe: (value, labels = {}) => histogram.observe(labels, value) }
    },
    text: () => registers[0]!.metrics(),
  }
}

export const noopMetrics: Metrics = {
  counter: () => ({ add: () => undefined }),
  gauge: () => ({ set: () => undefined }),
  histogram: () => ({ observe: () => undefined }),
  text: async () => '',
}
