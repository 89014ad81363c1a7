/** @module A segment to transcode, and what a worker makes of it. */
import type { Profile } from '@tessera/protocol/profile'
import type { Pixels, Seq } from '@tessera/protocol/units'
import type { WorkError } from './work-error.ts'

export type TranscodeJob = {
  readonly sessionId: string
  readonly manifestId: string
  readonly seq: Seq
  readonly durationMs: number
  readonly bytes: Uint8Array
  readonly profiles: readonly Profile[]
  /** Bits a worker must have. */
  readonly capabilities: bigint
  /** In all, over all workers tried. */
  readonly timeoutMs: number
  /** Turns a worker's word into a measured result, or says what is wrong with it. */
  readonly check: (answer: WorkerAnswer) => WorkerResult | WorkError
}

/** As a worker says; not checked. */
export type WorkerAnswer =
  | { readonly kind: 'done'; readonly renditions: readonly Uint8Array[] }
  | { readonly kind: 'failed'; readonly text: string }

export type WorkerResult = {
  readonly renditions: readonly { readonly bytes: Uint8Array; readonly pixels: Pixels }[]
}
