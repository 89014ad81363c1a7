/** @module Trickle channels as the real-time session uses them; `media/trickle` fits. */

/** One segment being published. */
export type ChannelSegmentWriter = {
  /** Resolves when more can be taken. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves when the other side has all of it. */
  close(): Promise<void>
}

/** Disposing it ends the channel. */
export type ChannelPublisher = AsyncDisposable & {
  /** Segments whose end was not confirmed: grows when the other side is too slow. */
  readonly inFlight: number
  /** Begins the next segment. */
  segment(): ChannelSegmentWriter
  /** A whole segment at once. */
  publish(bytes: Uint8Array): Promise<void>
  /** Drops all connections without ending the channel. */
  abandon(): void
}

/** Segments in order until the channel ends; throws when it cannot be read. Disposing it ends the iteration. */
export type ChannelSubscriber = Disposable &
  AsyncIterable<{ readonly seq: number; readonly stream: AsyncIterable<Uint8Array> }>

export type RealtimeChannelFactory = {
  publisher(url: string, contentType: string): ChannelPublisher
  /** From the first segment on. */
  subscriber(url: string): ChannelSubscriber
}
