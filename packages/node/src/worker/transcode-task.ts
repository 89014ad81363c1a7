/** @module One segment at a worker: fetch it, transcode it, send the result. */
import { TranscodeError, type Transcoder } from '@tessera/media/transcode/transcoder'
import type { NotifySegment } from '@tessera/protocol/gen/net/worker_pb'
import type { Rendition } from '@tessera/protocol/rendition'
import { segmentOrderFromWire } from '@tessera/protocol/wire/segment-order'
import { toHex } from '@tessera/runtime/bytes'
import { describeError, MalformedError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import type { HttpClient } from '../rpc/http-client.ts'
import { writeMultipart } from '../rpc/multipart.ts'
import { RESULTS_PATH, TRANSCODING_ERROR_TYPE, WORKER_AUTHORIZATION } from '../rpc/worker-protocol.ts'

/** go-livepeer's workers give a download 4 s. */
const DOWNLOAD_TIMEOUT_MS = 4_000
const UPLOAD_TIMEOUT_MS = 8_000
const MAX_SEGMENT_BYTES = 300 << 20
const MAX_ANSWER_BYTES = 4096

export type TaskConfig = { readonly orchestratorUrl: string; readonly secret: string }

export type TaskDeps = {
  readonly transcoder: Transcoder
  readonly http: HttpClient
  readonly random: Random
  readonly log: Log
}

/** Whatever goes wrong with the segment is told to the orchestrator; only a lost orchestrator rejects. */
export async function runTask(
  message: NotifySegment,
  config: TaskConfig,
  deps: TaskDeps,
  signal: AbortSignal,
): Promise<void> {
  const { taskId } = message
  let answer: { readonly contentType: string; readonly body: Uint8Array }
  try {
    const renditions = await transcode(message, config, deps, signal)
    answer = resultBody(renditions, toHex(deps.random.bytes(16)).slice(2))
  } catch (error) {
    deps.log.warn({ taskId, reason: describeError(error) }, 'segment failed')
    const text = error instanceof TranscodeError ? error.livepeerText : 'TranscoderStopped'
    answer = { contentType: TRANSCODING_ERROR_TYPE, body: new TextEncoder().encode(text) }
  }
  await sendResult(taskId, answer, config, deps)
}

/** Says no to a segment that came while the worker stops: the orchestrator gives it to another. */
export function refuseTask(message: NotifySegment, config: TaskConfig, deps: TaskDeps): Promise<void> {
  const body = new TextEncoder().encode('TranscoderStopped')
  return sendResult(message.taskId, { contentType: TRANSCODING_ERROR_TYPE, body }, config, deps)
}

async function transcode(
  message: NotifySegment,
  config: TaskConfig,
  deps: TaskDeps,
  signal: AbortSignal,
): Promise<readonly Rendition[]> {
  if (!message.segData) throw new MalformedError('NotifySegment without segment data')
  const { profiles, duration } = segmentOrderFromWire(message.segData)
  // Segments come from the orchestrator itself: a worker fetches nothing that is pointed at elsewhere.
  if (new URL(message.url).host !== new URL(config.orchestratorUrl).host) {
    throw new MalformedError('NotifySegment: segment on another host')
  }
  const source = await deps.http.request({
    method: 'GET',
    url: message.url,
    headersTimeoutMs: DOWNLOAD_TIMEOUT_MS,
    totalTimeoutMs: DOWNLOAD_TIMEOUT_MS,
    maxAnswerBytes: MAX_SEGMENT_BYTES,
    signal,
  })
  if (source.status !== 200) throw new MalformedError('segment download', { status: source.status })
  return deps.transcoder.transcode({ bytes: source.body, durationMs: duration, profiles }, { signal })
}

function resultBody(
  renditions: readonly Rendition[],
  boundary: string,
): { readonly contentType: string; readonly body: Uint8Array } {
  const parts = renditions.map(({ bytes, pixels }) => ({
    headers: { 'Content-Type': 'video/mp2t', 'Content-Length': `${bytes.length}`, Pixels: `${pixels}` },
    body: bytes,
  }))
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: writeMultipart(parts, boundary) }
}

async function sendResult(
  taskId: bigint,
  answer: { readonly contentType: string; readonly body: Uint8Array },
  config: TaskConfig,
  deps: TaskDeps,
): Promise<void> {
  const { status } = await deps.http.request({
    method: 'POST',
    url: new URL(RESULTS_PATH, config.orchestratorUrl).href,
    headers: {
      Authorization: WORKER_AUTHORIZATION,
      Credentials: config.secret,
      TaskId: `${taskId}`,
      Pixels: '0',
      'Content-Type': answer.contentType,
    },
    body: answer.body,
    headersTimeoutMs: UPLOAD_TIMEOUT_MS,
    totalTimeoutMs: UPLOAD_TIMEOUT_MS,
    maxAnswerBytes: MAX_ANSWER_BYTES,
  })
  if (status !== 200) deps.log.warn({ taskId, status }, 'the orchestrator refused a result')
}
