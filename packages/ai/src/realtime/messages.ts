/** @module What a session and its child process say to each other. Same program, same version: not validated. */
import type { PlainError } from '@tessera/media/child/messages'
import type { PipelineParams } from '../pipeline.ts'

export type ChildConfig = {
  readonly modelId: string
  readonly params: PipelineParams
  /** Threads of one inference. */
  readonly threads: number
  /** Larger sources are scaled down to about so many pixels, keeping their shape. */
  readonly maxPixels: number
}

export type ToChild =
  | { readonly kind: 'start'; readonly config: ChildConfig }
  | { readonly kind: 'input'; readonly bytes: Uint8Array; readonly startsSegment: boolean }
  | { readonly kind: 'params'; readonly params: PipelineParams }
  | { readonly kind: 'end' }

/** One frame done. Counts are totals since the start. */
export type FrameReport = {
  readonly pts: number
  /** From the arrival of the frame's last byte to its encoded bytes. */
  readonly latencyMs: number
  readonly modelMs: number
  readonly framesIn: number
  readonly framesOut: number
  readonly framesDropped: number
  readonly width: number
  readonly height: number
}

export type OutputPiece = {
  readonly bytes: Uint8Array
  /** Begins with program tables and an IDR picture: a new segment. */
  readonly isCutPoint: boolean
  readonly pts: number
}

export type FromChild =
  | { readonly kind: 'ready' }
  /** So many input bytes more have been decoded. */
  | { readonly kind: 'consumed'; readonly bytes: number }
  | { readonly kind: 'output'; readonly piece: OutputPiece }
  | { readonly kind: 'frame'; readonly report: FrameReport }
  | { readonly kind: 'error'; readonly error: PlainError }
  | { readonly kind: 'ended' }
