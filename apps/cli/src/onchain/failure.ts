/** @module A failed on-chain command in words, or as one JSON document. */
import { BaseError } from '@tessera/runtime/errors'
import { toJson } from './json.ts'
import { type Envelope, facts } from './report.ts'
import { transactionLines } from './report-text.ts'
import { oneLine } from './shown-text.ts'

/** What happened before the failure, the failure, and what to do. */
export function failureText(envelope: Envelope, error: unknown): string {
  const done = transactionLines(envelope)
  const { message, advice } = described(error)
  return [
    ...done,
    oneLine(`tessera ${envelope.command}: ${message}`),
    ...(advice ? [`  ${advice}`] : []),
  ].join('\n')
}

export function failureDocument(envelope: Envelope, error: unknown): string {
  return toJson({ ok: false, ...facts(envelope), error: described(error) })
}

function described(error: unknown): {
  readonly code: string
  readonly message: string
  readonly advice?: string
  readonly facts?: object
} {
  if (!BaseError.isInstance(error)) {
    return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) }
  }
  const { code, message, advice } = error
  return { code, message, ...(advice !== undefined && { advice }), facts: error.facts }
}
