/** @module Publishes a source over RTMP from a child process, in real time. */
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { ForkedProcess } from '../child/forked-process.ts'
import type { PublishEvent, PublishedSource, SourceInput } from './source.ts'
import { isSourceErrorCode, SourceError } from './source-errors.ts'

export type PublishDeps = {
  /** Stops the publishing at once; the promise then rejects with its reason. */
  readonly signal?: AbortSignal | undefined
  readonly clock: Clock
  readonly log: Log
  /** Called when the server has accepted the stream. */
  readonly onStarted?: () => void
}

/** For the process to start, connect, and be accepted. */
const CONNECT_LIMIT_MS = 15_000
/** A server that reads nothing for so long is gone. */
const STALL_LIMIT_MS = 15_000

/**
 * Resolves when the last picture is sent. Frames go out when they are due by the wall clock; when the machine is too
 * slow they go out late, none is left out.
 *
 * @throws {SourceError} with the server's words among the facts when it refused.
 */
export async function publishSource(input: SourceInput, deps: PublishDeps): Promise<PublishedSource> {
  requireSane(input)
  deps.signal?.throwIfAborted()
  const watchdog = new Watchdog(deps.clock)
  await using child = new ForkedProcess<SourceInput, PublishedSource, PublishEvent>(
    new URL('./publish-child.ts', import.meta.url),
    (event) => {
      watchdog.feed(STALL_LIMIT_MS, 'SOURCE_CONNECTION_LOST')
      if (event.kind === 'started') deps.onStarted?.()
    },
  )
  watchdog.feed(CONNECT_LIMIT_MS, 'SOURCE_UNREACHABLE')
  const aborted = rejectionOf(deps.signal)
  try {
    const published = await Promise.race([child.call(input), watchdog.bitten, aborted.promise])
    deps.log.info({ ...published }, 'source published')
    return published
  } catch (error) {
    throw deps.signal?.aborted ? deps.signal.reason : asSourceError(error)
  } finally {
    aborted.clear()
    watchdog.stop()
  }
}

const MIN_SIZE = { width: 160, height: 90 }
const MAX_SIZE = { width: 3840, height: 2160 }
const MAX_FPS = 60

function requireSane(input: SourceInput): void {
  const parts = URL.canParse(input.url) ? new URL(input.url) : undefined
  if (!parts || !/^rtmps?:$/.test(parts.protocol) || parts.hostname === '')
    throw new SourceError('SOURCE_BAD_URL')
  if (input.seconds !== undefined && !(input.seconds > 0)) {
    throw new SourceError('SOURCE_BAD_SETTINGS', { seconds: input.seconds })
  }
  if ('input' in input) return
  const { width = 1280, height = 720, fps = 25 } = input
  const isSide = (side: number, min: number, max: number): boolean =>
    side % 2 === 0 && side >= min && side <= max
  const isSize =
    isSide(width, MIN_SIZE.width, MAX_SIZE.width) && isSide(height, MIN_SIZE.height, MAX_SIZE.height)
  if (!isSize || !Number.isInteger(fps) || fps < 1 || fps > MAX_FPS) {
    throw new SourceError('SOURCE_BAD_SETTINGS', { width, height, fps })
  }
}

/** Bites when it is not fed in time. */
class Watchdog {
  readonly #clock: Clock
  readonly #bite = Promise.withResolvers<never>()
  #timer = new AbortController()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#bite.promise.catch(() => undefined)
  }

  get bitten(): Promise<never> {
    return this.#bite.promise
  }

  feed(ms: number, code: 'SOURCE_CONNECTION_LOST' | 'SOURCE_UNREACHABLE'): void {
    this.stop()
    this.#timer = new AbortController()
    this.#clock.sleep(ms, { signal: this.#timer.signal }).then(
      () => this.#bite.reject(new SourceError(code, { waitedMs: ms })),
      () => undefined,
    )
  }

  stop(): void {
    this.#timer.abort()
  }
}

function rejectionOf(signal: AbortSignal | undefined): { promise: Promise<never>; clear(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  return { promise, clear: () => signal?.removeEventListener('abort', onAbort) }
}

function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error
  const facts = BaseError.isInstance(error) ? error.facts : {}
  const code = BaseError.isInstance(error) && isSourceErrorCode(error.code) ? error.code : 'SOURCE_FAILED'
  return new SourceError(code, facts, error)
}
