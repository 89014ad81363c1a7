/** @module What a parent and its codec process say to each other over the IPC channel. */
import { BaseError, type Facts } from '@tessera/runtime/errors'

/** An error as it crosses the process border. */
export type PlainError = {
  readonly code: string
  readonly message: string
  readonly advice: string | undefined
  readonly facts: Facts
  readonly retryable: boolean
}

export type ToChild<Request> = { readonly kind: 'call'; readonly request: Request }

export type FromChild<Reply, Event> =
  | { readonly kind: 'ready' }
  /** News while a call is being answered. */
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'error'; readonly error: PlainError }

/** What else than a `BaseError` is thrown in a child is a defect; its text is kept for the log. */
export function toPlainError(error: unknown): PlainError {
  if (BaseError.isInstance(error)) {
    const { code, message, advice, facts, retryable } = error
    return { code, message, advice, facts, retryable }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'CHILD_DEFECT', message, advice: undefined, facts: {}, retryable: true }
}

export const fromPlainError = ({ advice, ...error }: PlainError): BaseError =>
  new BaseError({ ...error, ...(advice !== undefined && { advice }) })
