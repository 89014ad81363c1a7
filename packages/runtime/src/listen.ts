/** @module Opening a listening socket, with an error that says what to do when the port is taken. */
import type { Server } from 'node:net'
import { BaseError } from './errors.ts'

export type ListenAddress = {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

export class ListenError extends BaseError {
  constructor(address: ListenAddress, cause: NodeJS.ErrnoException) {
    const isTaken = cause.code === 'EADDRINUSE'
    super({
      code: isTaken ? 'PORT_IN_USE' : 'LISTEN_FAILED',
      message: isTaken
        ? `Port ${address.port} is in use by another program.`
        : `Cannot listen on ${address.host}:${address.port}.`,
      advice: isTaken
        ? 'End that program, or choose other ports with --port-base.'
        : 'Check that the address belongs to this machine and that the port is allowed (1024 or above).',
      facts: { host: address.host, port: address.port, reason: cause.code },
      cause,
    })
  }
}

/**
 * Resolves to the bound port.
 * @throws {ListenError} `PORT_IN_USE` or `LISTEN_FAILED`
 */
export function listen(server: Server, address: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(new ListenError(address, error))
    server.once('error', onError)
    server.listen({ host: address.host, port: address.port, exclusive: true }, () => {
      server.off('error', onError)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : address.port)
    })
  })
}
