/** @module What an on-chain command prints: text for people, or one JSON document. */
import { type Json, toJson } from './json.ts'
import type { Change, Sent } from './plan.ts'

/** What a verb found or did. */
export type Report = {
  /** Documented, stable fields. */
  readonly result: { readonly [name: string]: Json | undefined }
  /** The same for people. */
  readonly lines: readonly string[]
  /** Commands or facts that come next. */
  readonly next?: readonly string[]
}

export type Envelope = {
  readonly command: string
  readonly chainId?: number | undefined
  readonly account?: string | undefined
  readonly dryRun: boolean
  /** A person has seen the transactions already, each as it was mined. Not part of the document. */
  readonly told?: boolean
  readonly transactions: readonly Sent[]
  readonly changes: readonly Change[]
}

/** The document that `--json` prints when all went well. */
export function successDocument(envelope: Envelope, report: Report): string {
  const next = report.next && report.next.length > 0 ? { next: report.next } : {}
  return toJson({ ok: true, ...facts(envelope), result: report.result, ...next })
}

/** The part of the document that successes and failures share. */
export function facts({ changes, told: _, ...envelope }: Envelope): object {
  return { ...envelope, changes: changes.map(({ what, before, after }) => ({ what, before, after })) }
}
