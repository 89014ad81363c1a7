/** @module What a source gives to a publisher, whatever the source. */
import type { CodecParameters, Packet } from 'node-av/lib'

export type TimedPacket = {
  readonly kind: 'video' | 'audio'
  /** When it is due, in seconds from the first one. */
  readonly dueSeconds: number
  /** Valid until the next step of the iteration; `timeBase` of the track. */
  readonly packet: Packet
}

export type Track = {
  readonly timeBase: { readonly num: number; readonly den: number }
  describe(parameters: CodecParameters): void
}

/** Compressed video, and audio if any, in order of their times. */
export interface PacketSource extends Disposable {
  readonly video: Track
  readonly audio: Track | undefined
  packets(): Iterable<TimedPacket>
}
