/** @module Return codes of the codec library as typed errors. */

import { BaseError } from '@tessera/runtime/errors'
import { AV_LOG_FATAL, AVERROR_EOF, AVERROR_INVALIDDATA } from 'node-av/constants'
import { FFmpegError, Log, PosixError } from 'node-av/lib'

// Failures come as return codes; the library would also chat on standard error.
Log.setLevel(AV_LOG_FATAL)

const AVERROR_EAGAIN = FFmpegError.AVERROR(PosixError.EAGAIN)

/** A call into the codec library failed. The text is the library's own. */
export class AvError extends BaseError {
  readonly averror: number

  constructor(operation: string, averror: number) {
    super({
      code: 'AV_FAILED',
      message: `The codec library could not ${operation}: ${FFmpegError.strerror(averror)}.`,
      facts: { averror },
    })
    this.averror = averror
  }
}

/** @returns `result` when it is no error. @throws {AvError} */
export function check(result: number, operation: string): number {
  if (result < 0) throw new AvError(operation, result)
  return result
}

/** True for an answer, false for "not yet" and for the end. @throws {AvError} for every other code. */
export function received(result: number, operation: string): boolean {
  if (result === AVERROR_EAGAIN || result === AVERROR_EOF) return false
  return check(result, operation) >= 0
}

/** False when `step` failed because the data is damaged, which is no failure of ours. */
export function tolerateDamage(step: () => unknown): boolean {
  try {
    step()
    return true
  } catch (error) {
    if (error instanceof AvError && error.averror === AVERROR_INVALIDDATA) return false
    throw error
  }
}

type HasOptions = { setOption(name: string, value: string): number }

/**
 * Sets private options by name. A dictionary at `open2Sync` would be shorter, but node-av 6.1.1 then frees it twice
 * and the process dies at the next garbage collection.
 *
 * @throws {AvError} when an option does not exist or does not take the value.
 */
export function setOptions(target: HasOptions, options: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(options)) {
    check(target.setOption(name, String(value)), `set ${name}=${value}`)
  }
}
