/** @module One place in the pool: at most one codec process, replaced when it dies, lingers, swells or is worn. */
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { ProcessDiedError } from '../child/forked-process.ts'
import type { CodecJob, CodecProcess, EncodedRendition } from './codec-process.ts'
import { isTranscodeErrorCode, TranscodeError, type TranscodeErrorCode } from './transcoder.ts'

export type CodecSlotConfig = {
  /** A job that takes longer is killed. */
  readonly deadlineMs: number
  /** A process that holds more memory is killed. */
  readonly maxRssBytes: number
  /** A process is replaced after so many jobs, which bounds what a leak can cost. */
  readonly jobsPerProcess: number
}

export type CodecSlotDeps = {
  readonly clock: Clock
  readonly log: Log
  readonly startProcess: () => CodecProcess
}

const ATTEMPTS = 2
const MEMORY_POLL_MS = 100

/** Why a process was killed under a job. */
type Ending = Extract<TranscodeErrorCode, 'TRANSCODE_TIMEOUT' | 'TRANSCODE_CRASHED' | 'TRANSCODE_LIMIT'>

const MESSAGES: Record<Ending, string> = {
  TRANSCODE_TIMEOUT: 'The segment took too long to transcode, twice.',
  TRANSCODE_CRASHED: 'The codec process died on the segment, twice.',
  TRANSCODE_LIMIT: 'The segment made the codec use too much memory, twice.',
}

export class CodecSlot {
  readonly #config: CodecSlotConfig
  readonly #deps: CodecSlotDeps
  #process: CodecProcess
  #jobs = 0

  constructor(config: CodecSlotConfig, deps: CodecSlotDeps) {
    this.#config = config
    this.#deps = deps
    this.#process = deps.startProcess()
  }

  get ready(): Promise<void> {
    return this.#process.ready
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /**
   * A process that dies costs one retry on a fresh one; a job that fails by itself is not repeated.
   * @throws {TranscodeError} and the signal's reason.
   */
  async run(job: CodecJob, signal: AbortSignal): Promise<readonly EncodedRendition[]> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(job, signal)
      if (!('ending' in outcome)) return outcome.renditions
      const { ending, error } = outcome
      this.#deps.log.warn({ attempt, reason: ending, error }, 'codec process replaced')
      if (attempt === ATTEMPTS) throw new TranscodeError(ending, MESSAGES[ending], factsOf(error), error)
    }
  }

  close(): Promise<void> {
    return this.#process.kill()
  }

  async #attempt(
    job: CodecJob,
    signal: AbortSignal,
  ): Promise<{ renditions: readonly EncodedRendition[] } | { ending: Ending; error: unknown }> {
    signal.throwIfAborted()
    let ending: Ending = 'TRANSCODE_CRASHED'
    const process = this.#process
    const { clock } = this.#deps
    const timer = deadline(clock, this.#config.deadlineMs, { signal, reason: () => new DeadlineError() })
    const killed = Promise.withResolvers<never>()
    const onAbort = (): void => {
      if (!signal.aborted) ending = 'TRANSCODE_TIMEOUT'
      void process.kill()
      killed.reject(timer.signal.reason)
    }
    timer.signal.addEventListener('abort', onAbort, { once: true })
    const watch = new AbortController()
    const watching = this.#watchMemory(process, watch.signal, () => {
      ending = 'TRANSCODE_LIMIT'
    })
    try {
      const renditions = await Promise.race([process.call(job), killed.promise])
      if (++this.#jobs >= this.#config.jobsPerProcess) await this.#replace()
      return { renditions }
    } catch (error) {
      const isDead = error instanceof ProcessDiedError || error instanceof DeadlineError || signal.aborted
      if (isDead) await this.#replace()
      signal.throwIfAborted()
      if (!isDead) throw asTranscodeError(error)
      return { ending, error }
    } finally {
      timer.signal.removeEventListener('abort', onAbort)
      timer.clear()
      watch.abort()
      await watching
    }
  }

  async #watchMemory(process: CodecProcess, signal: AbortSignal, onTooLarge: () => void): Promise<void> {
    while (!signal.aborted) {
      if ((process.rssBytes() ?? 0) > this.#config.maxRssBytes) {
        onTooLarge()
        return await process.kill()
      }
      await this.#deps.clock.sleep(MEMORY_POLL_MS, { signal }).catch(() => undefined)
    }
  }

  async #replace(): Promise<void> {
    await this.#process.kill()
    this.#process = this.#deps.startProcess()
    this.#jobs = 0
  }
}

class DeadlineError extends BaseError {
  constructor() {
    super({ code: 'CODEC_DEADLINE', message: 'The deadline of a codec job passed.', retryable: true })
  }
}

function asTranscodeError(error: unknown): TranscodeError {
  if (!BaseError.isInstance(error)) {
    return new TranscodeError('TRANSCODE_FAILED', 'The segment could not be transcoded.', {}, error)
  }
  const code = isTranscodeErrorCode(error.code) ? error.code : 'TRANSCODE_FAILED'
  return new TranscodeError(code, error.message, error.facts, error)
}

const factsOf = (error: unknown) => (BaseError.isInstance(error) ? error.facts : {})
