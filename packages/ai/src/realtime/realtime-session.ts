/** @module One live stream through one pipeline, in a child process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fromPlainError } from '@tessera/media/child/messages'
import { AsyncQueue } from '@tessera/runtime/async-queue'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { PipelineParams } from '../pipeline.ts'
import { type LiveStats, LiveStatsWindow } from './live-stats.ts'
import type { ChildConfig, FromChild, OutputPiece, ToChild } from './messages.ts'

/** Compressed bytes under way to the decoder: two seconds at 8 Mb/s. Writers wait beyond that. */
const MAX_UNDECODED_BYTES = 2 << 20
/** Output pieces nobody has taken, about ten seconds: more means that the reader is stuck. */
const MAX_PENDING_OUTPUT = 1024
const STDERR_TAIL_CHARS = 2000

/** The child process of a live stream ended before the stream did. Another worker can take the stream over. */
export class LiveProcessDiedError extends BaseError {
  constructor(facts: {
    exitCode?: number | undefined
    signal?: string | undefined
    stderr?: string | undefined
  }) {
    super({
      code: 'AI_PROCESS_DIED',
      message: 'The process of the live pipeline ended unexpectedly.',
      facts,
      retryable: true,
    })
  }
}

class OutputStalledError extends BaseError {
  constructor() {
    super({
      code: 'AI_OUTPUT_STALLED',
      message: 'Nobody takes the output of the live pipeline.',
      retryable: true,
    })
  }
}

/**
 * MPEG-TS bytes in, MPEG-TS bytes out. The child gets no environment variables, hence no secrets, and ends when this
 * process does, however that ends.
 */
export class RealtimeSession implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #clock: Clock
  readonly #stats = new LiveStatsWindow()
  readonly #output = new AsyncQueue<OutputPiece>({ capacity: MAX_PENDING_OUTPUT, overflow: 'block' })
  readonly #ready = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<void>()
  readonly #exited = Promise.withResolvers<void>()
  #undecodedBytes = 0
  #wakeWriter: () => void = () => undefined
  #stderr = ''
  #isOver = false

  /** Starts the child and loads the model in the background: `ready` tells when. Input is taken at once. */
  constructor(config: ChildConfig, deps: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = deps.clock
    this.#child = fork(fileURLToPath(new URL('./realtime-child.ts', import.meta.url)), [], {
      serialization: 'advanced',
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_TAIL_CHARS)
    })
    this.#child.on('message', (message: FromChild) => this.#receive(message))
    this.#child.on('error', (error) => this.#fail(new LiveProcessDiedError({ stderr: error.message })))
    // Not `close`, which never comes when the channel was cut while messages waited in it.
    this.#child.on('exit', (exitCode, signal) => {
      const facts = { exitCode: exitCode ?? undefined, signal: signal ?? undefined }
      this.#fail(new LiveProcessDiedError({ ...facts, stderr: this.#stderr || undefined }))
      this.#exited.resolve()
      deps.log.debug({ ...facts, pid: this.#child.pid }, 'live pipeline process ended')
    })
    this.#ready.promise.catch(() => undefined)
    this.#ended.promise.catch(() => undefined)
    this.#send({ kind: 'start', config })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Resolves when the model is loaded and warm. @throws {BaseError} when it cannot be. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  /** Resolves after `end` when all output was handed out; rejects when the stream fails. @throws {BaseError} */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** The processed stream. Read it once, all the time. Throws what ended the stream, if it failed. */
  get output(): AsyncIterable<OutputPiece> {
    return this.#output
  }

  stats(): LiveStats {
    return this.#stats.snapshot(this.#clock.monotonicMs())
  }

  /**
   * Takes the next bytes of the input, waiting while too many are on their way to the decoder.
   * @param startsSegment with the first bytes of each segment: the output starts one at the same picture.
   * @throws {BaseError} when the stream has failed
   */
  async write(bytes: Uint8Array, startsSegment: boolean): Promise<void> {
    await this.#ready.promise
    while (this.#undecodedBytes > MAX_UNDECODED_BYTES && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve
      })
    }
    if (this.#isOver) return this.#ended.promise
    this.#undecodedBytes += bytes.length
    this.#send({ kind: 'input', bytes, startsSegment })
  }

  /** From the next frame on. */
  update(params: PipelineParams): void {
    this.#send({ kind: 'params', params })
  }

  /** No more input: what is under way is finished, then `output` ends. */
  end(): void {
    this.#send({ kind: 'end' })
  }

  /** Ends the child at once; resolves when it is gone. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited.promise
  }

  #send(message: ToChild): void {
    // A child that has just died is told about by its `close` event, not by each failed send.
    if (this.#child.connected && !this.#isOver) this.#child.send(message, () => undefined)
  }

  #receive(message: FromChild): void {
    switch (message.kind) {
      case 'ready':
        this.#ready.resolve()
        break
      case 'consumed':
        this.#undecodedBytes -= message.bytes
        this.#wakeWriter()
        break
      case 'frame':
        this.#stats.add(message.report, this.#clock.monotonicMs())
        break
      case 'output':
        if (!this.#output.offer(message.piece)) this.#fail(new OutputStalledError())
        break
      case 'error':
        this.#fail(fromPlainError(message.error))
        break
      case 'ended':
        this.#isOver = true
        this.#output.end()
        this.#ended.resolve()
        this.#wakeWriter()
    }
  }

  #fail(error: BaseError): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#ready.reject(error)
    this.#ended.reject(error)
    this.#output.fail(error)
    this.#wakeWriter()
    this.#child.kill('SIGKILL')
  }
}
