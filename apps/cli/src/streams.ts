/** @module The two streams of the program, as every command may rely on them. */
import type { EventEmitter } from 'node:events'

const USUAL_COLUMNS = 80

type Stream = Pick<EventEmitter, 'on'> & { readonly isTTY: boolean; columns?: number }

/**
 * Nothing is said when a reader such as `head` has seen enough: the command goes on, and its exit status stays its own.
 * A terminal that does not know its width counts as one of 80 columns.
 */
export function prepareStream(stream: Stream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  if (stream.isTTY && !stream.columns) stream.columns = USUAL_COLUMNS
}
