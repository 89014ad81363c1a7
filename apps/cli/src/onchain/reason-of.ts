/** @module Why a file could not be read or written. */
import { getSystemErrorMessage } from 'node:util'

/** Node's own message repeats the path; this is the reason alone, e.g. `no such file or directory`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('errno' in error && typeof error.errno === 'number') return getSystemErrorMessage(error.errno)
  return error.message
}
