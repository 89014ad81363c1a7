/** @module Transcoding in a pool of child processes: isolation first, one core each. */

import type { Rendition } from '@tessera/protocol/rendition'
import { pixels } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { type CodecProcess, type EncodedRendition, forkCodecProcess } from './codec-process.ts'
import { CodecSlot, type CodecSlotConfig } from './codec-slot.ts'
import {
  DEFAULT_TRANSCODE_LIMITS,
  TranscodeError,
  type TranscodeInput,
  type TranscodeLimits,
  type Transcoder,
} from './transcoder.ts'

export type CodecPoolConfig = {
  /** Number of processes, each of which uses one core at most. */
  readonly size: number
  readonly limits?: TranscodeLimits
  /** Segments that may wait for a process; one more is refused with TRANSCODE_BUSY. */
  readonly queueLength?: number
} & Partial<CodecSlotConfig>

export type CodecPoolDeps = {
  readonly clock: Clock
  readonly log: Log
  /** Replaced in tests. */
  readonly startProcess?: () => CodecProcess
}

const DEFAULTS = {
  queueLength: 16,
  deadlineMs: 20_000,
  // A 1080p ladder needs about 400 MB.
  maxRssBytes: 1536 << 20,
  jobsPerProcess: 200,
} as const

/** The codec library does not run on this machine. */
class CodecUnavailableError extends BaseError {
  constructor(cause: unknown) {
    super({
      code: 'CODEC_UNAVAILABLE',
      message: 'The codec process does not start.',
      advice: 'Check that `npm ci` installed the node-av binary of this platform (x64 or arm64, glibc).',
      facts: BaseError.isInstance(cause) ? cause.facts : {},
      cause,
    })
  }
}

/**
 * Long-lived processes that transcode one segment at a time each. Segments wait in order of arrival. Closing kills the
 * processes and fails what is under way with TRANSCODE_STOPPED.
 */
export class CodecPool implements Transcoder {
  readonly #limits: TranscodeLimits
  readonly #queueLength: number
  readonly #slots: readonly CodecSlot[]
  readonly #idle: CodecSlot[]
  readonly #waiting: ((slot: CodecSlot) => void)[] = []
  readonly #closing = new AbortController()
  readonly #running = new Set<Promise<unknown>>()

  private constructor(config: CodecPoolConfig, slots: readonly CodecSlot[]) {
    this.#limits = config.limits ?? DEFAULT_TRANSCODE_LIMITS
    this.#queueLength = config.queueLength ?? DEFAULTS.queueLength
    this.#slots = slots
    this.#idle = [...slots]
  }

  /** @throws {CodecUnavailableError} when a process does not come up. */
  static async start(config: CodecPoolConfig, deps: CodecPoolDeps): Promise<CodecPool> {
    const { startProcess = forkCodecProcess, clock, log } = deps
    const slotConfig = { ...DEFAULTS, ...config }
    const slots = Array.from(
      { length: config.size },
      () => new CodecSlot(slotConfig, { clock, log, startProcess }),
    )
    try {
      await Promise.all(slots.map((slot) => slot.ready))
    } catch (error) {
      await Promise.all(slots.map((slot) => slot.close()))
      throw new CodecUnavailableError(error)
    }
    return new CodecPool(config, slots)
  }

  /** Process ids, for operators and tests. */
  get pids(): readonly (number | undefined)[] {
    return this.#slots.map((slot) => slot.pid)
  }

  async transcode(
    input: TranscodeInput,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly Rendition[]> {
    const signal = AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])])
    const running = this.#transcode(input, signal)
    this.#running.add(running)
    try {
      return (await running).map(toRendition)
    } finally {
      this.#running.delete(running)
    }
  }

  async #transcode(input: TranscodeInput, signal: AbortSignal): Promise<readonly EncodedRendition[]> {
    refuseEarly(input, this.#limits)
    const slot = await this.#lease(signal)
    try {
      return await slot.run({ ...input, limits: this.#limits }, signal)
    } finally {
      this.#release(slot)
    }
  }

  async #lease(signal: AbortSignal): Promise<CodecSlot> {
    signal.throwIfAborted()
    if (this.#idle.length === 0 && this.#waiting.length >= this.#queueLength) {
      throw new TranscodeError('TRANSCODE_BUSY', 'All codec processes are at work and the queue is full.', {
        waiting: this.#waiting.length,
      })
    }
    return this.#idle.pop() ?? (await this.#turn(signal))
  }

  /** Slots are handed to who waits longest, so that nobody is overtaken. */
  #release(slot: CodecSlot): void {
    const next = this.#waiting.shift()
    if (next) next(slot)
    else this.#idle.push(slot)
  }

  #turn(signal: AbortSignal): Promise<CodecSlot> {
    return new Promise((resolve, reject) => {
      const take = (slot: CodecSlot): void => {
        signal.removeEventListener('abort', onAbort)
        resolve(slot)
      }
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(take)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new TranscodeError('TRANSCODE_STOPPED', 'The transcoder is closing.'))
    await Promise.allSettled(this.#running)
    await Promise.all(this.#slots.map((slot) => slot.close()))
  }
}

/** What can be told without looking inside costs no trip to another process. */
function refuseEarly({ bytes }: TranscodeInput, limits: TranscodeLimits): void {
  if (bytes.length > limits.maxBytes) {
    const facts = { value: bytes.length, limit: limits.maxBytes }
    throw new TranscodeError('TRANSCODE_LIMIT', 'The segment has too many bytes.', facts)
  }
}

const toRendition = ({ name, bytes, width, height, frames }: EncodedRendition): Rendition => ({
  name,
  bytes,
  frames,
  pixels: pixels(BigInt(width) * BigInt(height) * BigInt(frames)),
})
