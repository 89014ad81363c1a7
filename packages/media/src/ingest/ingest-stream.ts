/** @module What an ingest protocol delivers, whatever the protocol: access units of one live stream. */
import type { Ticks90k } from '@tessera/protocol/units'
import type { BaseError } from '@tessera/runtime/errors'

/** One coded picture. */
export type VideoUnit = {
  readonly kind: 'video'
  readonly pts: Ticks90k
  /** Never above `pts`, and rising strictly within a stream. */
  readonly dts: Ticks90k
  /** True for IDR pictures only: nothing after it refers to anything before it. */
  readonly isKeyframe: boolean
  /** H.264 Annex B, starting with an access unit delimiter; keyframes carry SPS and PPS. */
  readonly data: Uint8Array
  /** The publisher's clock jumped (times were rebased to go on) or the parameter sets changed here. */
  readonly discontinuity?: true
}

/** One AAC frame (1024 samples). */
export type AudioUnit = {
  readonly kind: 'audio'
  readonly pts: Ticks90k
  /** ADTS header and one raw data block. */
  readonly data: Uint8Array
  readonly discontinuity?: true
}

export type AccessUnit = VideoUnit | AudioUnit

/** What is known before the first coded picture is delivered. */
export type IngestInfo = {
  readonly video: { readonly width: number; readonly height: number }
  readonly audio?: { readonly sampleRate: number; readonly channels: number }
}

/**
 * A live stream while it is published. Iterate it once; a consumer that does not keep up slows the publisher down.
 * The iteration ends when the publisher ends or is gone, and throws (after all units that came before) a `BaseError`
 * when the publisher sent what cannot be accepted or `abort` was called.
 */
export interface IngestStream extends AsyncIterable<AccessUnit> {
  readonly id: string
  /** Rejects with a `BaseError` when the stream ends or is refused before it is known. */
  readonly info: Promise<IngestInfo>
  /** Ends the stream and tells the publisher why. Idempotent. */
  abort(reason: BaseError): void
}
