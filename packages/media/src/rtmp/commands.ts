/** @module The commands of a publisher. @see Adobe RTMP 1.0, section 7.2 */
import type { AmfValue } from './amf0.ts'
import { command, connectionSettings, connectSuccess, type RtmpMessage, STREAM_ID } from './messages.ts'
import { PlayNotSupportedError, UnexpectedMessageError } from './rtmp-errors.ts'

/** What a command may do to its connection. */
export type CommandPort = {
  connect(app: string): void
  publish(name: string): Promise<void>
  unpublish(): void
  send(...messages: readonly RtmpMessage[]): void
}

export type CommandHandler = (
  port: CommandPort,
  transaction: number,
  values: readonly AmfValue[],
) => void | Promise<void>

const MAX_NAME_LENGTH = 512

const acknowledge: CommandHandler = (port, transaction) => {
  if (transaction > 0) port.send(command(0, '_result', transaction, null, undefined))
}

const unpublish: CommandHandler = (port) => port.unpublish()

const refusePlay: CommandHandler = () => {
  throw new PlayNotSupportedError()
}

const refuseUnknown: CommandHandler = (port, transaction) => {
  if (transaction > 0) port.send(command(0, '_error', transaction, null, null))
}

const HANDLERS: ReadonlyMap<string, CommandHandler> = new Map<string, CommandHandler>([
  [
    'connect',
    (port, transaction, [properties]) => {
      const app = properties instanceof Map ? properties.get('app') : undefined
      port.connect(shortText(app, 'an application name'))
      port.send(...connectionSettings(), connectSuccess(transaction))
    },
  ],
  // Flash-era calls around `publish`. OBS and ffmpeg send them and want no more than an answer.
  ['releaseStream', acknowledge],
  ['FCPublish', acknowledge],
  ['createStream', (port, transaction) => port.send(command(0, '_result', transaction, null, STREAM_ID))],
  ['publish', (port, _, [, name]) => port.publish(shortText(name, 'a stream name'))],
  ['FCUnpublish', unpublish],
  ['closeStream', unpublish],
  ['deleteStream', unpublish],
  ['play', refusePlay],
  ['play2', refusePlay],
])

/** Unknown calls are answered with an error, as the protocol has it, and change nothing. */
export const commandHandler = (name: string): CommandHandler => HANDLERS.get(name) ?? refuseUnknown

function shortText(value: AmfValue, what: string): string {
  if (typeof value !== 'string' || value.length > MAX_NAME_LENGTH) {
    throw new UnexpectedMessageError(`${what} that is no short text`)
  }
  return value
}
