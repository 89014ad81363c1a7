/** @module One stream that is being published over RTMP. */
import type { BaseError } from '@tessera/runtime/errors'
import { FlvDepacketizer } from '../ingest/flv-depacketizer.ts'
import type { AccessUnit, IngestInfo, IngestStream } from '../ingest/ingest-stream.ts'
import { UnitChannel } from '../ingest/unit-channel.ts'
import { type AmfValue, decodeAmf0 } from './amf0.ts'
import { MESSAGE, type RtmpMessage } from './messages.ts'
import { PublicationEndedError } from './rtmp-errors.ts'

/** The session feeds messages in; the consumer takes access units out and may stop it with `abort`. */
export class Publication implements IngestStream {
  readonly id: string
  readonly info: Promise<IngestInfo>
  readonly #depacketizer = new FlvDepacketizer()
  readonly #channel = new UnitChannel()
  readonly #abort = new AbortController()
  #resolveInfo: (info: IngestInfo) => void = () => undefined
  #rejectInfo: (error: unknown) => void = () => undefined
  readonly #onEnd: () => void
  #units = 0
  #isEnded = false

  /** @param onEnd called once, whoever ends it. */
  constructor(id: string, onEnd: () => void) {
    this.id = id
    this.#onEnd = onEnd
    this.info = new Promise((resolve, reject) => {
      this.#resolveInfo = resolve
      this.#rejectInfo = reject
    })
    // Nobody need wait for it.
    this.info.catch(() => undefined)
  }

  /** Aborts when the consumer refuses the stream. */
  get aborted(): AbortSignal {
    return this.#abort.signal
  }

  /** Access units so far. */
  get units(): number {
    return this.#units
  }

  /**
   * Waits while the consumer is behind. False when nobody takes units any more.
   * @throws {BaseError} for what the publisher may not send
   */
  async take(message: RtmpMessage): Promise<boolean> {
    const unit = this.#read(message)
    const info = this.#depacketizer.info
    if (info) this.#resolveInfo(info)
    if (!unit) return true
    this.#units++
    return this.#channel.push(unit)
  }

  /** The publisher is gone or done; or, with an error, sent what cannot be accepted. */
  end(error?: BaseError): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#onEnd()
    this.#channel.end(error)
    this.#rejectInfo(error ?? new PublicationEndedError(this.id))
  }

  abort(reason: BaseError): void {
    this.end(reason)
    this.#abort.abort(reason)
  }

  [Symbol.asyncIterator](): AsyncIterator<AccessUnit> {
    return this.#channel[Symbol.asyncIterator]()
  }

  #read({ type, payload, timestamp }: RtmpMessage): AccessUnit | undefined {
    if (type === MESSAGE.video) return this.#depacketizer.video(payload, timestamp)
    if (type === MESSAGE.audio) return this.#depacketizer.audio(payload, timestamp)
    this.#readMetadata(payload)
    return undefined
  }

  /** `@setDataFrame`, `onMetaData`, properties; some encoders leave the first out. */
  #readMetadata(payload: Uint8Array): void {
    const values = decodeAmf0(payload)
    const at = values.indexOf('onMetaData')
    const metadata = at === -1 ? undefined : values[at + 1]
    if (isObject(metadata)) this.#depacketizer.announce(metadata.has('audiocodecid'))
  }
}

const isObject = (value: AmfValue): value is ReadonlyMap<string, AmfValue> => value instanceof Map
