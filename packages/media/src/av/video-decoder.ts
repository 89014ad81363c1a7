/** @module One video decoder, single-threaded and synchronous. */
import { AV_CODEC_FLAG_OUTPUT_CORRUPT } from 'node-av/constants'
import { Codec, CodecContext, type CodecParameters, Frame, type Packet } from 'node-av/lib'
import { check, received, setOptions, tolerateDamage } from './check.ts'

export class VideoDecoder implements Disposable {
  readonly #context = new CodecContext()
  readonly #frame = new Frame()

  /**
   * @param maxPixels the decoder refuses larger pictures before it allocates them.
   * @throws {AvError} when there is no decoder for these parameters.
   */
  constructor(parameters: CodecParameters, maxPixels: number) {
    const codec = Codec.findDecoder(parameters.codecId)
    this.#context.allocContext3(codec)
    check(this.#context.parametersToContext(parameters), 'set up the decoder')
    this.#context.threadCount = 1
    // A damaged picture is better concealed than missing: frame counts stay those of the source.
    this.#context.setFlags(AV_CODEC_FLAG_OUTPUT_CORRUPT)
    setOptions(this.#context, { max_pixels: maxPixels })
    check(this.#context.open2Sync(codec, null), 'open the decoder')
    this.#frame.alloc()
  }

  /**
   * The pictures that become available, in presentation order. Each is valid until the next step of the iteration.
   * `null` ends the stream. Data that does not decode is skipped: the caller counts pictures.
   */
  *decode(packet: Packet | null): Generator<Frame, void, undefined> {
    if (!tolerateDamage(() => check(this.#context.sendPacketSync(packet), 'decode'))) return
    while (true) {
      let isFrame = false
      if (!tolerateDamage(() => (isFrame = received(this.#context.receiveFrameSync(this.#frame), 'decode'))))
        continue
      if (!isFrame) return
      yield this.#frame
      this.#frame.unref()
    }
  }

  [Symbol.dispose](): void {
    this.#frame.free()
    this.#context.freeContext()
  }
}
