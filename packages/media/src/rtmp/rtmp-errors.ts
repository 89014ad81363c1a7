/** @module What can be wrong with an RTMP publisher, in words for its user. */
import { BaseError } from '@tessera/runtime/errors'

/** The key is being published by another connection. */
export class StreamBusyError extends BaseError {
  constructor() {
    super({
      code: 'RTMP_STREAM_BUSY',
      message: 'This stream is already being published.',
      advice:
        'Stop the other encoder, or publish under another key; a lost connection frees its key after 10 s.',
      retryable: true,
    })
  }
}

/** The connection asks to watch. */
export class PlayNotSupportedError extends BaseError {
  constructor() {
    super({
      code: 'RTMP_PLAY_NOT_SUPPORTED',
      message: 'Streams cannot be watched over RTMP.',
      advice: 'Watch the HLS address of the stream.',
    })
  }
}

/** Too slow: no handshake, no stream, or no picture and no sound for too long. */
export class PublisherTimeoutError extends BaseError {
  constructor(waitingFor: 'handshake' | 'publish' | 'media', timeoutMs: number) {
    super({
      code: 'RTMP_TIMEOUT',
      message: `The RTMP connection sent nothing of use for ${timeoutMs} ms.`,
      advice: 'Check the connection of the encoder and publish again.',
      facts: { waitingFor },
      retryable: true,
    })
  }
}

/** The stream ended before its first picture. */
export class PublicationEndedError extends BaseError {
  constructor(id: string) {
    super({
      code: 'RTMP_ENDED',
      message: 'The publisher ended the stream before its first picture.',
      advice: 'Publish again; check that the encoder has a video source.',
      facts: { stream: id },
    })
  }
}

/** A message that this server does not take, or at the wrong time. */
export class UnexpectedMessageError extends BaseError {
  constructor(what: string) {
    super({
      code: 'RTMP_UNEXPECTED',
      message: `The RTMP publisher sent ${what}.`,
      advice: 'Use a current encoder (OBS, ffmpeg) with default RTMP settings.',
    })
  }
}

/** The consumer of the stream stopped taking it without giving a reason. */
export class StreamDroppedError extends BaseError {
  constructor() {
    super({
      code: 'RTMP_STREAM_DROPPED',
      message: 'The node no longer takes this stream.',
      advice: 'Publish again.',
      retryable: true,
    })
  }
}
