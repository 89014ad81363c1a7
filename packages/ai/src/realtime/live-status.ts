/** @module The status and trace events of a live stream, as Livepeer's ai-runner words them. */
import { createHash } from 'node:crypto'
import type { PipelineParams } from '../pipeline.ts'
import type { LiveStats } from './live-stats.ts'

export type LiveState = 'LOADING' | 'ONLINE' | 'DEGRADED_INPUT' | 'DEGRADED_INFERENCE' | 'ERROR'

export type LiveEvent = {
  readonly queue_event_type: 'ai_stream_events' | 'stream_trace'
  readonly event: Readonly<Record<string, unknown>>
}

const STALE_MS = 2000
const ERROR_SHOWN_MS = 15_000
/** Below these rates a stream counts as degraded (ai-runner). */
const MIN_INPUT_FPS = 15
const MIN_OUTPUT_FPS = 10

/** Times in ms since the epoch; undefined for what has not happened. */
export type LiveFacts = {
  readonly pipeline: string
  readonly startedMs: number
  readonly isReady: boolean
  readonly lastInputMs: number | undefined
  readonly lastOutputMs: number | undefined
  readonly params: PipelineParams
  readonly paramsUpdatedMs: number | undefined
  readonly error: { readonly message: string; readonly atMs: number } | undefined
  readonly hasFailed: boolean
  readonly stats: LiveStats
}

export function liveState(facts: LiveFacts, nowMs: number): LiveState {
  const { stats, lastInputMs, lastOutputMs, error } = facts
  if (facts.hasFailed) return 'ERROR'
  if (!facts.isReady) return 'LOADING'
  if (lastInputMs === undefined || nowMs - lastInputMs > STALE_MS) return 'DEGRADED_INPUT'
  const hasRecentError = error !== undefined && nowMs - error.atMs < ERROR_SHOWN_MS
  const isSlow = stats.fpsOut < Math.min(MIN_OUTPUT_FPS, 0.8 * stats.fpsIn)
  const isStale = lastOutputMs === undefined || nowMs - lastOutputMs > STALE_MS
  if (hasRecentError || isStale || isSlow) return 'DEGRADED_INFERENCE'
  return stats.fpsIn < MIN_INPUT_FPS ? 'DEGRADED_INPUT' : 'ONLINE'
}

/** `tessera` holds what ai-runner does not tell; other readers ignore it. */
export function statusEvent(
  facts: LiveFacts,
  since: { state: LiveState; sinceMs: number },
  nowMs: number,
): LiveEvent {
  const { stats, params } = facts
  const json = JSON.stringify(params, Object.keys(params).sort())
  return {
    queue_event_type: 'ai_stream_events',
    event: {
      type: 'status',
      pipeline: facts.pipeline,
      start_time: facts.startedMs,
      state: since.state,
      last_state_update_time: since.sinceMs,
      input_status: { last_input_time: facts.lastInputMs ?? null, fps: rounded(stats.fpsIn) },
      inference_status: {
        last_output_time: facts.lastOutputMs ?? null,
        fps: rounded(stats.fpsOut),
        last_params_update_time: facts.paramsUpdatedMs ?? null,
        last_params: params,
        last_params_hash: createHash('md5').update(json).digest('hex'),
        last_error_time: facts.error?.atMs ?? null,
        last_error: facts.error?.message ?? null,
        last_restart_time: null,
        last_restart_logs: null,
        restart_count: 0,
      },
      tessera: {
        frames_in: stats.framesIn,
        frames_out: stats.framesOut,
        frames_dropped: stats.framesDropped,
        latency_p50_ms: rounded(stats.latencyP50Ms),
        latency_p95_ms: rounded(stats.latencyP95Ms),
        model_p50_ms: rounded(stats.modelP50Ms),
        width: stats.width,
        height: stats.height,
        last_pts: stats.lastPts ?? null,
      },
      last_status_timestamp: nowMs,
      timestamp: nowMs,
    },
  }
}

export function errorEvent(pipeline: string, message: string, nowMs: number): LiveEvent {
  // `time` is in seconds, unlike every other time: ai-runner sends it so.
  const event = { type: 'error', pipeline, message, time: nowMs / 1000, timestamp: nowMs }
  return { queue_event_type: 'ai_stream_events', event }
}

/** Milestones whose distances measure how long a stream takes to start. */
export type Milestone =
  | 'runner_receive_stream_request'
  | 'runner_receive_first_ingest_segment'
  | 'runner_send_first_processed_segment'

export const traceEvent = (type: Milestone, nowMs: number): LiveEvent => ({
  queue_event_type: 'stream_trace',
  event: { type, timestamp: nowMs },
})

const rounded = (value: number): number => Math.round(value * 100) / 100
