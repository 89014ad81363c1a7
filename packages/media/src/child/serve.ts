/** @module The child's end of the IPC channel. */
import { type FromChild, type ToChild, toPlainError } from './messages.ts'

/**
 * Answers the parent's calls, one after the other, until the parent closes the channel or dies: then the process
 * ends. Ctrl-C reaches the whole process group; the parent decides when its children stop, so it is ignored here.
 */
export function serveParent<Request, Reply, Event = never>(
  handle: (request: Request, emit: (event: Event) => void) => Reply | Promise<Reply>,
): void {
  const send = (message: FromChild<Reply, Event>): void => void process.send?.(message)
  const emit = (event: Event): void => send({ kind: 'event', event })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', () => undefined)
  // The parent is our own code of the same version: the channel needs no validation.
  process.on('message', async (message: ToChild<Request>) => {
    try {
      send({ kind: 'reply', reply: await handle(message.request, emit) })
    } catch (error) {
      send({ kind: 'error', error: toPlainError(error) })
    }
  })
  send({ kind: 'ready' })
}
