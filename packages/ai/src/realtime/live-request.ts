/** @module The request that starts a live stream on a runner (go-livepeer `POST /live-video-to-video`). */
import { BaseError } from '@tessera/runtime/errors'
import { type LivePipeline, type PipelineParams, parseParams } from '../pipeline.ts'
import { findPipeline } from '../registry.ts'

export type LiveRequest = {
  readonly pipeline: LivePipeline
  readonly params: PipelineParams
  /** Channel with the input segments. */
  readonly subscribeUrl: string
  /** Channel for the output segments. */
  readonly publishUrl: string
  /** Parameter updates, if any. */
  readonly controlUrl: string | undefined
  /** Status and errors, if wanted. */
  readonly eventsUrl: string | undefined
  readonly streamId: string
  readonly requestId: string
  readonly manifestId: string
}

/** A request that cannot be served, with its HTTP status: 422 for a malformed body, 400 for unusable content. */
export class LiveRequestError extends BaseError {
  readonly status: 400 | 422
  readonly field: string

  constructor(status: 400 | 422, field: string, message: string) {
    super({ code: 'AI_BAD_REQUEST', message, facts: { field } })
    this.status = status
    this.field = field
  }
}

const MAX_URL_CHARS = 2048
const MAX_ID_CHARS = 256

/** @param defaultModel runs when the request names none. @throws {LiveRequestError} */
export function parseLiveRequest(body: unknown, defaultModel: string): LiveRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new LiveRequestError(422, 'body', 'Input should be a valid dictionary')
  }
  const fields = new Map<string, unknown>(Object.entries(body))
  const subscribeUrl = url(fields, 'subscribe_url')
  const publishUrl = url(fields, 'publish_url')
  if (!subscribeUrl) throw new LiveRequestError(422, 'subscribe_url', 'Field required')
  if (!publishUrl) throw new LiveRequestError(422, 'publish_url', 'Field required')
  const modelId = text(fields, 'model_id') || defaultModel
  const pipeline = findPipeline(modelId)
  if (!pipeline) {
    throw new LiveRequestError(
      400,
      'model_id',
      `pipeline configured with ${defaultModel} but called with ${modelId}`,
    )
  }
  return {
    pipeline,
    params: readParams(pipeline, fields.get('params')),
    subscribeUrl,
    publishUrl,
    controlUrl: url(fields, 'control_url'),
    eventsUrl: url(fields, 'events_url'),
    streamId: text(fields, 'stream_id'),
    requestId: text(fields, 'gateway_request_id'),
    manifestId: text(fields, 'manifest_id'),
  }
}

function readParams(pipeline: LivePipeline, params: unknown): PipelineParams {
  try {
    return parseParams(pipeline, params ?? {})
  } catch (error) {
    if (BaseError.isInstance(error)) throw new LiveRequestError(400, 'params', error.message)
    throw error
  }
}

function text(fields: ReadonlyMap<string, unknown>, name: string, maxChars = MAX_ID_CHARS): string {
  const value = fields.get(name) ?? ''
  if (typeof value !== 'string' || value.length > maxChars) {
    throw new LiveRequestError(422, name, 'Input should be a valid string')
  }
  return value
}

/** Undefined when absent or empty, as senders leave channels out. */
function url(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = text(fields, name, MAX_URL_CHARS)
  if (value === '') return undefined
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new LiveRequestError(422, name, 'Input should be a valid URL')
  }
  return value
}
