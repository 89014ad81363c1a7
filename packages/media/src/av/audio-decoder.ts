/** @module One audio decoder, synchronous. */
import { Codec, CodecContext, type CodecParameters, Frame, type Packet } from 'node-av/lib'
import { check, received, tolerateDamage } from './check.ts'

export class AudioDecoder implements Disposable {
  readonly #context = new CodecContext()
  readonly #frame = new Frame()

  /** @throws {AvError} when there is no decoder for these parameters. */
  constructor(parameters: CodecParameters) {
    const codec = Codec.findDecoder(parameters.codecId)
    this.#context.allocContext3(codec)
    check(this.#context.parametersToContext(parameters), 'set up the audio decoder')
    check(this.#context.open2Sync(codec, null), 'open the audio decoder')
    this.#frame.alloc()
  }

  /** Each frame is valid until the next step. `null` ends the stream. Damaged packets are skipped: a click, not the end. */
  *decode(packet: Packet | null): Generator<Frame, void, undefined> {
    if (!tolerateDamage(() => check(this.#context.sendPacketSync(packet), 'decode audio'))) return
    while (received(this.#context.receiveFrameSync(this.#frame), 'decode audio')) {
      yield this.#frame
      this.#frame.unref()
    }
  }

  [Symbol.dispose](): void {
    this.#frame.free()
    this.#context.freeContext()
  }
}
