/** @module Structured log: static messages, values as fields, ids carried by child loggers. */
import { type DestinationStream, type Logger, pino } from 'pino'

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

/** Fields whose values never reach a log, at any depth. In `streamKeys` the names are the secrets, so all of it goes. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'privateKey',
  'password',
  'secret',
  'mnemonic',
  'streamKey',
  'streamKeys',
  'authorization',
])

const BLANK = '[secret]'

/** Deeper fields are left out, which also ends cycles. */
const MAX_DEPTH = 6

/** JSON lines on `destination` (standard error by default). Fields with secret names are blanked. */
export function createLog(options: {
  readonly name: string
  readonly level: LogLevel
  readonly destination?: DestinationStream
}): Log {
  const destination = options.destination ?? pino.destination({ dest: 2, sync: true })
  return new PinoLog(
    pino({ name: options.name, level: options.level, formatters: { log: blankFields } }, destination),
  )
}

class PinoLog implements Log {
  readonly #pino: Logger

  constructor(logger: Logger) {
    this.#pino = logger
  }

  error(fields: LogFields, message: string): void {
    this.#pino.error(fields, message)
  }

  warn(fields: LogFields, message: string): void {
    this.#pino.warn(fields, message)
  }

  info(fields: LogFields, message: string): void {
    this.#pino.info(fields, message)
  }

  debug(fields: LogFields, message: string): void {
    this.#pino.debug(fields, message)
  }

  trace(fields: LogFields, message: string): void {
    this.#pino.trace(fields, message)
  }

  /** pino formats the fields of messages, not those of children: they are blanked here. */
  child(fields: LogFields): Log {
    return new PinoLog(this.#pino.child(blankFields(fields)))
  }
}

const blankFields = (fields: LogFields): Record<string, unknown> => blankObject(fields, 0)

function blank(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || isWrittenAsWhole(value)) return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => blank(item, depth + 1))
  return blankObject(value instanceof Error ? pino.stdSerializers.errWithCause(value) : value, depth)
}

function blankObject(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_NAMES.has(name) && value !== undefined ? BLANK : blank(value, depth + 1),
    ]),
  )
}

/** Bytes, and what says itself how it is written (dates, URLs). */
function isWrittenAsWhole(value: object): boolean {
  return ArrayBuffer.isView(value) || ('toJSON' in value && typeof value.toJSON === 'function')
}

/** Says nothing: for tests and for callers that do not want a log. */
export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
  child: () => silentLog,
}
