/** @module Structured log: static messages, values as fields, ids carried by child loggers. */
import { type DestinationStream, pino } from 'pino'

export type LogFields = Readonly<Record<string, unknown>>

/** error = an operator must act; warn = degraded; info = lifecycle; debug = per segment; trace = per packet. */
export type Log = {
  error(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  debug(fields: LogFields, message: string): void
  trace(fields: LogFields, message: string): void
  child(fields: LogFields): Log
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

const SECRET_PATHS = [
  'privateKey',
  'password',
  'secret',
  'streamKey',
  '*.privateKey',
  '*.password',
  '*.secret',
]

/** JSON lines on `destination` (standard error by default). Fields with secret names are blanked. */
export function createLog(options: {
  readonly name: string
  readonly level: LogLevel
  readonly destination?: DestinationStream
}): Log {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: true })
  return pino(
    {
      name: options.name,
      level: options.level,
      redact: SECRET_PATHS,
      serializers: { error: pino.stdSerializers.errWithCause },
    },
    destination,
  )
}

export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
  child: () => silentLog,
}
