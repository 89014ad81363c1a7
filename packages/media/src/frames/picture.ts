/** @module Decoded pictures and the compressed audio that travels beside them. */
import type { Ticks90k } from '@tessera/protocol/units'

/** `rgb24`: R,G,B bytes interleaved. `i420`: Y plane, then U and V at half size. Rows follow each other without padding. */
export type PictureFormat = 'rgb24' | 'i420'

export type Picture = {
  /** Presentation time of the source frame, unchanged. */
  readonly pts: Ticks90k
  readonly width: number
  readonly height: number
  readonly format: PictureFormat
  /** width × height × 3 bytes for `rgb24`, × 1.5 for `i420`. Owned by the receiver. */
  readonly data: Uint8Array
}

/** One AAC frame with its ADTS header. */
export type AudioPacket = { readonly pts: Ticks90k; readonly data: Uint8Array }

/** What a decoder gives back, in the order of the stream. */
export type DecodedUnit =
  | { readonly kind: 'video'; readonly picture: Picture }
  | { readonly kind: 'audio'; readonly packet: AudioPacket }

/**
 * MPEG-TS out of an encoder. When `isCutPoint` is true the bytes begin with the program tables and an IDR picture:
 * a segment may start there.
 */
export type EncodedChunk = {
  readonly bytes: Uint8Array
  readonly isCutPoint: boolean
  readonly pts: Ticks90k
}

export type FrameDecoderConfig = {
  /** Size of the pictures that come out; the source is scaled to it (bilinear), aspect ratio not kept. */
  readonly width: number
  readonly height: number
  readonly format: PictureFormat
}

export type FrameEncoderConfig = {
  readonly width: number
  readonly height: number
  readonly format: PictureFormat
  /** Expected rate, for rate control only; timestamps come from the pictures. */
  readonly fps: number
  readonly bitrateBps: number
  /** True when `audio` will be called: the program tables then announce AAC. */
  readonly audio: boolean
}

/**
 * MPEG-TS bytes to pictures, inside a child process: synchronous, no threads. `FrameDecoder` in `decoder.ts`.
 *
 * @throws {FrameCodecError} when the stream is of another codec or its pictures are too large. Damaged data is skipped.
 */
export interface PictureDecoder extends Disposable {
  /** Takes the next bytes, cut anywhere. */
  push(bytes: Uint8Array): readonly DecodedUnit[]
  /** End of the stream: what was still held back. */
  flush(): readonly DecodedUnit[]
}

/** Pictures to MPEG-TS with x264 tuned for latency: each picture's bytes come out of the call that took it. */
export interface PictureEncoder extends Disposable {
  /** `keyframe` forces an IDR picture and makes the chunk a cut point. Presentation times must increase. */
  encode(picture: Picture, options?: { readonly keyframe?: boolean }): readonly EncodedChunk[]
  audio(packet: AudioPacket): readonly EncodedChunk[]
  flush(): readonly EncodedChunk[]
}
