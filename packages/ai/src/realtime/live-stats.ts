/** @module Numbers of one live stream: counts, rates and latency over a sliding window. */
import type { FrameReport } from './messages.ts'

export type LiveStats = {
  readonly framesIn: number
  readonly framesOut: number
  /** Decoded but overtaken by a later frame before the model was free. */
  readonly framesDropped: number
  /** Arrival of a frame's last byte to its encoded bytes, ms, over the last 10 s. 0 before the first frame. */
  readonly latencyP50Ms: number
  readonly latencyP95Ms: number
  /** The model alone. */
  readonly modelP50Ms: number
  /** Frames a second over the last 10 s. */
  readonly fpsIn: number
  readonly fpsOut: number
  /** Output size; 0 before the first frame. */
  readonly width: number
  readonly height: number
  /** Presentation time of the last output frame, 90 kHz. */
  readonly lastPts: number | undefined
  /** Width × height summed over all output frames: the work done. */
  readonly pixelsOut: bigint
}

const WINDOW_MS = 10_000

/** Fed with one report a frame; holds those of the last ten seconds. */
export class LiveStatsWindow {
  #reports: { readonly atMs: number; readonly report: FrameReport }[] = []
  #last: FrameReport | undefined
  #pixelsOut = 0n

  add(report: FrameReport, atMs: number): void {
    this.#last = report
    this.#pixelsOut += BigInt(report.width * report.height)
    this.#reports.push({ atMs, report })
    this.#trim(atMs)
  }

  snapshot(nowMs: number): LiveStats {
    this.#trim(nowMs)
    const reports = this.#reports.map(({ report }) => report)
    const latencies = reports.map((report) => report.latencyMs).sort((a, b) => a - b)
    const modelTimes = reports.map((report) => report.modelMs).sort((a, b) => a - b)
    const first = this.#reports[0]
    const elapsedMs = first ? nowMs - first.atMs : 0
    const rate = (count: number): number => (elapsedMs > 0 ? (count * 1000) / elapsedMs : 0)
    const last = this.#last
    return {
      framesIn: last?.framesIn ?? 0,
      framesOut: last?.framesOut ?? 0,
      framesDropped: last?.framesDropped ?? 0,
      latencyP50Ms: percentile(latencies, 0.5),
      latencyP95Ms: percentile(latencies, 0.95),
      modelP50Ms: percentile(modelTimes, 0.5),
      fpsIn: rate((last?.framesIn ?? 0) - (first?.report.framesIn ?? 0)),
      fpsOut: rate(Math.max(0, reports.length - 1)),
      width: last?.width ?? 0,
      height: last?.height ?? 0,
      lastPts: last?.pts,
      pixelsOut: this.#pixelsOut,
    }
  }

  #trim(nowMs: number): void {
    const kept = this.#reports.findIndex(({ atMs }) => atMs >= nowMs - WINDOW_MS)
    this.#reports = kept < 0 ? [] : this.#reports.slice(kept)
  }
}

/** Nearest rank. */
const percentile = (sorted: readonly number[], rank: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * rank) - 1)] ?? 0
