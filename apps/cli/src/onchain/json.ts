/** @module Values of JSON output. */
import { escapedJson } from './shown-text.ts'

/** Becomes JSON; a bigint becomes a decimal string (base units: wei, 10^-18 LPT, blocks, rounds). */
export type Json =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }

export function toJson(value: unknown): string {
  const json = JSON.stringify(
    value,
    (_, field: unknown) => (typeof field === 'bigint' ? String(field) : field),
    2,
  )
  return escapedJson(json)
}
