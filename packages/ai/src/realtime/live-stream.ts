/** @module One live stream on a runner: channels in and out, the session between them, control and events. */
import { CURRENT_SEGMENT, JSON_TYPE, MPEG_TS_TYPE } from '@tessera/media/trickle/headers'
import { TrickleRequestError } from '@tessera/media/trickle/http-client'
import { TricklePublisher, type TrickleSegmentWriter } from '@tessera/media/trickle/publisher'
import { TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import type { Clock } from '@tessera/runtime/clock'
import { describeError, MalformedError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import { type PipelineParams, parseParams } from '../pipeline.ts'
import type { LiveRequest } from './live-request.ts'
import type { LiveStats } from './live-stats.ts'
import {
  errorEvent,
  type LiveEvent,
  type LiveState,
  liveState,
  statusEvent,
  traceEvent,
} from './live-status.ts'
import type { OutputPiece } from './messages.ts'
import { RealtimeSession } from './realtime-session.ts'

export type LiveStreamConfig = {
  readonly threads: number
  readonly maxPixels: number
  /** Orchestrators present self-signed certificates. */
  readonly acceptSelfSigned: boolean
  /** Between status events. */
  readonly statusIntervalMs: number
}

const MAX_CONTROL_BYTES = 64 << 10

/**
 * Runs from construction until the input channel closes, a failure, or disposal; `done` settles then and everything
 * (process, connections) is released. It closes its output and events channels, so that readers learn of the end.
 */
export class LiveStream implements AsyncDisposable {
  readonly #request: LiveRequest
  readonly #config: LiveStreamConfig
  readonly #deps: { readonly clock: Clock; readonly log: Log }
  readonly #session: RealtimeSession
  readonly #input: TrickleSubscriber
  readonly #output: TricklePublisher
  readonly #events: TricklePublisher | undefined
  readonly #background = new TaskScope()
  readonly #startedMs: number
  #params: PipelineParams
  #paramsUpdatedMs: number | undefined
  #isReady = false
  #lastInputMs: number | undefined
  #lastOutputMs: number | undefined
  #error: { message: string; atMs: number } | undefined
  #hasFailed = false
  #state: { state: LiveState; sinceMs: number }
  #closing: Promise<void> | undefined
  /** Resolves when the stream is over, whyever, and all is released. Never rejects. */
  readonly done: Promise<void>

  constructor(
    request: LiveRequest,
    config: LiveStreamConfig,
    deps: { readonly clock: Clock; readonly log: Log },
  ) {
    this.#request = request
    this.#config = config
    this.#deps = deps
    this.#params = request.params
    this.#startedMs = deps.clock.nowMs()
    this.#state = { state: 'LOADING', sinceMs: this.#startedMs }
    const { pipeline, params } = request
    const { threads, maxPixels } = config
    this.#session = new RealtimeSession({ modelId: pipeline.modelId, params, threads, maxPixels }, deps)
    const endpoint = (url: string) => ({ url, acceptSelfSigned: config.acceptSelfSigned })
    this.#input = new TrickleSubscriber({ ...endpoint(request.subscribeUrl), from: CURRENT_SEGMENT }, deps)
    this.#output = new TricklePublisher({ ...endpoint(request.publishUrl), contentType: MPEG_TS_TYPE }, deps)
    const { eventsUrl, controlUrl } = request
    this.#events = eventsUrl
      ? new TricklePublisher({ ...endpoint(eventsUrl), contentType: JSON_TYPE }, deps)
      : undefined
    this.#emit(traceEvent('runner_receive_stream_request', this.#startedMs))
    this.#background.run('status', (signal) => this.#reportStatus(signal))
    if (controlUrl) {
      const control = new TrickleSubscriber({ ...endpoint(controlUrl), from: CURRENT_SEGMENT }, deps)
      this.#background.run('control', (signal) => this.#control(control, signal))
    }
    this.done = this.#run()
  }

  get modelId(): string {
    return this.#request.pipeline.modelId
  }

  /** Of the process that works on the stream. */
  get pid(): number | undefined {
    return this.#session.pid
  }

  stats(): LiveStats {
    return this.#session.stats()
  }

  state(): LiveState {
    return liveState(this.#facts(), this.#deps.clock.nowMs())
  }

  /** Stops at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
    await this.done
  }

  async #run(): Promise<void> {
    const { log } = this.#deps
    const outcome = await Promise.all([this.#pumpInput(), this.#pumpOutput()]).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    if (outcome && !this.#closing) {
      const message = describeError(outcome.error)
      log.warn({ model: this.modelId, stream: this.#request.streamId, reason: message }, 'live stream failed')
      this.#hasFailed = true
      this.#noteError(message)
      await this.#flushEvents()
    }
    await this.#close()
  }

  async #pumpInput(): Promise<void> {
    this.#session.ready.then(
      () => {
        this.#isReady = true
      },
      () => undefined,
    )
    // Fails as soon as the process dies, also while no input comes.
    await Promise.race([this.#readSegments(), this.#session.ended])
  }

  async #readSegments(): Promise<void> {
    for await (const segment of this.#input) {
      try {
        await this.#readSegment(segment.stream)
      } catch (error) {
        // A segment that breaks off costs its rest, not the stream; an unreachable server ends the outer loop.
        if (!(error instanceof TrickleRequestError)) throw error
        this.#noteError(describeError(error))
      }
    }
    this.#session.end()
    await this.#session.ended
  }

  async #readSegment(stream: AsyncIterable<Uint8Array>): Promise<void> {
    const { clock } = this.#deps
    let isFirst = true
    for await (const bytes of stream) {
      if (this.#lastInputMs === undefined) {
        this.#emit(traceEvent('runner_receive_first_ingest_segment', clock.nowMs()))
      }
      this.#lastInputMs = clock.nowMs()
      await this.#session.write(bytes, isFirst)
      isFirst = false
    }
  }

  async #pumpOutput(): Promise<void> {
    let segment: TrickleSegmentWriter | undefined
    for await (const piece of this.#session.output) {
      segment = await this.#writePiece(segment, piece)
    }
    await segment?.close()
  }

  async #writePiece(
    current: TrickleSegmentWriter | undefined,
    piece: OutputPiece,
  ): Promise<TrickleSegmentWriter> {
    const { clock } = this.#deps
    let segment = current
    if (!segment || piece.isCutPoint) {
      // Not awaited: its confirmation comes while the next segment is being written; failures show there too.
      segment?.close().catch((error: unknown) => this.#noteError(describeError(error)))
      segment = this.#output.segment()
    }
    await segment.write(piece.bytes)
    if (this.#lastOutputMs === undefined) {
      this.#emit(traceEvent('runner_send_first_processed_segment', clock.nowMs()))
    }
    this.#lastOutputMs = clock.nowMs()
    return segment
  }

  /** Each segment of the control channel is one JSON object: all parameters, or a sign of life. */
  async #control(control: TrickleSubscriber, signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => control[Symbol.dispose](), { once: true })
    try {
      for await (const segment of control) {
        try {
          this.#apply(await readJson(segment.stream))
        } catch (error) {
          this.#noteError(describeError(error))
        }
      }
    } catch (error) {
      this.#deps.log.debug({ reason: describeError(error) }, 'control channel lost')
    }
  }

  #apply(message: unknown): void {
    const isKeepAlive = typeof message === 'object' && message !== null && 'keep' in message
    if (message === undefined || isKeepAlive) return
    this.#params = parseParams(this.#request.pipeline, message)
    this.#paramsUpdatedMs = this.#deps.clock.nowMs()
    this.#session.update(this.#params)
  }

  async #reportStatus(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.clock.sleep(this.#config.statusIntervalMs, { signal })
      this.#emitStatus()
    }
  }

  #emitStatus(): void {
    const now = this.#deps.clock.nowMs()
    const facts = this.#facts()
    const state = liveState(facts, now)
    if (state !== this.#state.state) this.#state = { state, sinceMs: now }
    this.#emit(statusEvent(facts, this.#state, now))
  }

  async #flushEvents(): Promise<void> {
    const now = this.#deps.clock.nowMs()
    const message = this.#error?.message ?? ''
    const last = this.#events?.publish(encode(errorEvent(this.modelId, message, now)))
    this.#emitStatus()
    await last?.catch(() => undefined)
  }

  #emit(event: LiveEvent): void {
    // Best effort: a stream is not worth less because nobody reads its events.
    this.#events?.publish(encode(event)).catch(() => undefined)
  }

  #noteError(message: string): void {
    this.#error = { message, atMs: this.#deps.clock.nowMs() }
  }

  #facts() {
    return {
      pipeline: this.modelId,
      startedMs: this.#startedMs,
      isReady: this.#isReady,
      lastInputMs: this.#lastInputMs,
      lastOutputMs: this.#lastOutputMs,
      params: this.#params,
      paramsUpdatedMs: this.#paramsUpdatedMs,
      error: this.#error,
      hasFailed: this.#hasFailed,
      stats: this.#session.stats(),
    }
  }

  #close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#input[Symbol.dispose]()
      await Promise.all([
        this.#background.close(),
        this.#session[Symbol.asyncDispose](),
        this.#output[Symbol.asyncDispose](),
        this.#events?.[Symbol.asyncDispose](),
      ])
    })()
    return this.#closing
  }
}

const encode = (event: LiveEvent): Uint8Array => new TextEncoder().encode(JSON.stringify(event))

async function readJson(stream: AsyncIterable<Uint8Array>): Promise<unknown> {
  const decoder = new TextDecoder()
  let json = ''
  for await (const bytes of stream) {
    json += decoder.decode(bytes, { stream: true })
    if (json.length > MAX_CONTROL_BYTES) throw new MalformedError('control message')
  }
  if (json.trim() === '') return undefined
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new MalformedError('control message', { length: json.length }, error)
  }
}
