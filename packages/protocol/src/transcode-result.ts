/** @module An orchestrator's answer to a segment. */
import type { OrchestratorInfo } from './orchestrator-info.ts'
import type { Pixels, Seq } from './units.ts'

export type TranscodeResult = {
  readonly seq: Seq
  readonly outcome: TranscodeOutcome
  /** Fresh ticket parameters; the token is that of the request. Absent: the old info stays good. */
  readonly info?: OrchestratorInfo
}

export type TranscodeOutcome =
  | {
      readonly kind: 'done'
      /** In the order of the profiles asked for. */
      readonly renditions: readonly DeliveredRendition[]
      /** The orchestrator's, over the hashes of the renditions. Empty off chain. */
      readonly signature: Uint8Array
    }
  /** `error` is the sender's text; see `wire/error-codes.ts`. */
  | { readonly kind: 'failed'; readonly error: string }

export type DeliveredRendition = {
  readonly url: string
  /** Claimed: width × height × frames. */
  readonly pixels: Pixels
}
