/** @module What can be published for tests and demonstrations, and what is known about it afterwards. */
import type { UnixMs } from '@tessera/protocol/units'

/** The generated scene, or a file in real time. */
export type SourceInput =
  | {
      /** `rtmp://host:port/app/streamKey` */
      readonly url: string
      readonly seconds: number
      /** Even; 1280 × 720 by default. */
      readonly width?: number
      readonly height?: number
      /** 25 by default. Exactly seconds × fps frames are sent. */
      readonly fps?: number
    }
  | {
      readonly url: string
      /** Path of a media file. H.264 and AAC are copied, other codecs are transcoded. */
      readonly input: string
      /** Stop after so much of it; absent: to its end. */
      readonly seconds?: number
    }

export type PublishedSource = {
  /** Video frames handed to the server. */
  readonly frames: number
  readonly durationMs: number
  readonly startedAt: UnixMs
}

/** News from the publishing process. */
export type PublishEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly frames: number }
