/** @module Error base class: a stable code, facts and advice; never a bare message. */

/** Values that explain an error. Never put a secret here: facts are logged and may be shown. */
export type Facts = Readonly<Record<string, string | number | bigint | boolean | undefined>>

export type BaseErrorOptions = {
  /** Stable, documented identifier such as `RTMP_WRONG_STREAM_KEY`. Callers compare codes, never message text. */
  readonly code: string
  /** What failed, one sentence. */
  readonly message: string
  /** What the reader can do about it, one sentence. */
  readonly advice?: string
  readonly facts?: Facts
  readonly cause?: unknown
  /** True when the same call may succeed if repeated later. */
  readonly retryable?: boolean
}

/** Every error thrown on purpose. Subclasses fix the code and the wording. */
export class BaseError extends Error {
  readonly code: string
  readonly advice: string | undefined
  readonly facts: Facts
  readonly retryable: boolean
  /** Recognises our errors across duplicated copies of this package. */
  readonly isTesseraError: true = true

  constructor(options: BaseErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = new.target.name
    this.code = options.code
    this.advice = options.advice
    this.facts = options.facts ?? {}
    this.retryable = options.retryable ?? false
  }

  /** Works across duplicated copies of this package, where `instanceof` does not. */
  static isInstance(value: unknown): value is BaseError {
    return typeof value === 'object' && value !== null && 'isTesseraError' in value
  }
}

/** Bytes or text from outside that do not have the promised form. */
export class MalformedError extends BaseError {
  constructor(what: string, facts?: Facts, cause?: unknown) {
    super({ code: 'MALFORMED', message: `Malformed ${what}.`, ...(facts && { facts }), cause })
  }
}

/** Marks a branch that types prove unreachable. Of an object only the names of its fields are told: values may be secret. */
export function assertNever(value: never): never {
  const unexpected: unknown = value
  const told =
    typeof unexpected === 'object' && unexpected !== null
      ? `an object with ${Object.keys(unexpected).join(', ') || 'no fields'}`
      : String(unexpected)
  throw new BaseError({ code: 'UNREACHABLE', message: `Unexpected value: ${told}.` })
}

/** One line for a person: message, facts, advice. No stack. */
export function describeError(error: unknown): string {
  if (!BaseError.isInstance(error)) return error instanceof Error ? error.message : String(error)
  const facts = Object.entries(error.facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
  return [error.message, facts && `(${facts})`, error.advice].filter(Boolean).join(' ')
}
