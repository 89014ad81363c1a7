/** @module What a gateway asks and promises for one segment: the `Livepeer-Segment` header. */
import type { AuthToken } from './auth-token.ts'
import type { Capabilities } from './capabilities.ts'
import type { Profile } from './profile.ts'
import type { DurationMs, Seq } from './units.ts'

export type SegmentOrder = {
  readonly manifestId: string
  readonly seq: Seq
  /** keccak256 of the segment's bytes, 32 bytes. All zeros on the way to a worker. */
  readonly hash: Uint8Array
  readonly duration: DurationMs
  readonly profiles: readonly Profile[]
  /** Absent: no particular need. */
  readonly capabilities?: Capabilities
  /** The orchestrator refuses an order without its token. */
  readonly authToken?: AuthToken
  /** Transcode only this part, ms from the segment's start. */
  readonly clip?: { readonly fromMs: number; readonly toMs: number }
  /** Open the codec session anew. */
  readonly restartsCodec?: boolean
  /** The gateway's, over `segmentOrderBytes`. Empty off chain and on the way to a worker. */
  readonly signature: Uint8Array
}
