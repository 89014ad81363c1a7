/** @module What a bench is: figures with intervals, each against a named baseline and a target. */
import type { Estimate } from './interleaved.ts'

/** One measured figure. Smaller is better: `ok` says that `value` is at most `target`. */
export type BenchRow = Estimate & {
  readonly figure: string
  readonly unit: string
  /** What it is compared with, or how it was taken, in words. */
  readonly baseline: string
  readonly target: number
  readonly ok: boolean
}

export type BenchOptions = {
  readonly pairs: number
  readonly portBase?: number | undefined
  /** Told what is being done and measured, for people. */
  readonly progress: (line: string) => void
  readonly signal: AbortSignal
}

export type Bench = (options: BenchOptions) => Promise<readonly BenchRow[]>

/** Digits kept: more would be noise. */
const DIGITS = 4

export function benchRow(figure: Omit<BenchRow, 'ok'>): BenchRow {
  const rounded = (value: number): number => Number(value.toPrecision(DIGITS))
  const [value, low, high] = [rounded(figure.value), rounded(figure.low), rounded(figure.high)]
  return { ...figure, value, low, high, ok: value <= figure.target }
}
