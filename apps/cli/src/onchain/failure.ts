/** @module A failed on-chain command in words, or as one JSON document. */
import { BaseError } from '@tessera/runtime/errors'
import { toJson } from './json.ts'
import { type Envelope, facts } from './report.ts'
import { transactionLines } from './report-text.ts'
import { oneLine } from './shown-text.ts'

/** What happened before the failure, the failure, and what to do: `better` when more is known than the error says. */
export function failureText(envelope: Envelope, error: unknown, better?: string): string {
  const done = transactionLines(envelope)
  const { message, advice } = described(error, better)
  return [
    ...done,
    oneLine(`tessera ${envelope.command}: ${message}`),
    ...(advice ? [`  ${advice}`] : []),
  ].join('\n')
}

export function failureDocument(envelope: Envelope, error: unknown, better?: string): string {
  return toJson({ ok: false, ...facts(envelope), error: described(error, better) })
}

function described(
  error: unknown,
  better: string | undefined,
): {
  readonly code: string
  readonly message: string
  readonly advice?: string
  readonly facts?: object
} {
  if (!BaseError.isInstance(error)) {
    return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) }
  }
  const { code, message } = error
  const advice = better ?? error.advice
  return { code, message, ...(advice !== undefined && { advice }), facts: error.facts }
}
