/** @module Trickle channels in memory, and a fake pipeline that gives every picture back after a while. */

import { demuxMpegTs } from '@tessera/media/container/mpegts-demuxer'
import { MpegTsMuxer } from '@tessera/media/container/mpegts-muxer'
import { TsStreamReader } from '@tessera/media/frames/ts-stream-reader'
import type {
  ChannelPublisher,
  ChannelSegmentWriter,
  ChannelSubscriber,
  RealtimeChannelFactory,
} from '@tessera/node/gateway/realtime-channel'
import { AsyncQueue } from '@tessera/runtime/async-queue'
import { concatBytes } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'

type Segment = AsyncQueue<Uint8Array>

class FakeChannel {
  readonly segments: AsyncQueue<Segment> = new AsyncQueue<Segment>({ capacity: 1000, overflow: 'block' })
  isDead = false
  die(error: Error): void {
    this.isDead = true
    this.segments.fail(error)
  }
}

/** Channels by URL, made when first used. */
export class FakeChannels implements RealtimeChannelFactory {
  readonly #channels = new Map<string, FakeChannel>()

  channel(url: string): FakeChannel {
    const channel = this.#channels.get(url) ?? new FakeChannel()
    this.#channels.set(url, channel)
    return channel
  }

  publisher(url: string): ChannelPublisher {
    const channel = this.channel(url)
    let inFlight = 0
    const segment = (): ChannelSegmentWriter => {
      const bytes: Segment = new AsyncQueue({ capacity: 10_000, overflow: 'block' })
      channel.segments.offer(bytes)
      inFlight += 1
      return {
        write: async (part) => {
          if (channel.isDead) throw new Error('The channel is dead.')
          bytes.offer(part.slice())
        },
        close: async () => {
          inFlight -= 1
          bytes.end()
        },
      }
    }
    return {
      get inFlight() {
        return inFlight
      },
      segment,
      publish: async (bytes) => {
        const one = segment()
        await one.write(bytes)
        await one.close()
      },
      abandon: () => undefined,
      [Symbol.asyncDispose]: async () => channel.segments.end(),
    }
  }

  subscriber(url: string): ChannelSubscriber {
    const channel = this.channel(url)
    async function* read() {
      let seq = 0
      for await (const stream of channel.segments) yield { seq: seq++, stream }
    }
    return {
      [Symbol.asyncIterator]: read,
      [Symbol.dispose]: () => channel.segments.end(),
    }
  }
}

/** Nearly a megabyte of MPEG-TS that says nothing. */
const NULL_PACKETS = new Uint8Array(188 * 5000).map((_, i) => [0x47, 0x1f, 0xff, 0x10][i % 188] ?? 0xff)

/** Gives each picture of `{base}` back on `{base}-out` after `delayMs`, in segments that start at the same pictures. */
export class FakePipeline {
  /** Takes pictures in and gives nothing back, like a hung model. */
  isHung = false
  /** Writes on and on into one segment. */
  isEndless = false
  readonly #channels: FakeChannels
  readonly #base: string
  readonly #clock: Clock
  readonly #delayMs: number

  constructor(channels: FakeChannels, base: string, options: { clock: Clock; delayMs: number }) {
    this.#channels = channels
    this.#base = base
    this.#clock = options.clock
    this.#delayMs = options.delayMs
  }

  kill(): void {
    const error = new Error('The pipeline was killed.')
    for (const suffix of ['', '-out']) this.#channels.channel(this.#base + suffix).die(error)
  }

  async run(): Promise<void> {
    const out = this.#channels.publisher(`${this.#base}-out`)
    try {
      for await (const segment of this.#channels.channel(this.#base).segments)
        await this.#segment(segment, out)
      await out[Symbol.asyncDispose]()
    } catch {
      // Killed: its channels tell.
    }
  }

  async #segment(input: Segment, out: ChannelPublisher): Promise<void> {
    const writer = out.segment()
    const parts: Uint8Array[] = []
    const reader = new TsStreamReader()
    let given = 0
    const muxer = new MpegTsMuxer({ audio: false })
    for await (const part of input) {
      parts.push(part)
      const count = reader.push(part).filter((unit) => unit.kind === 'video').length
      for (let i = 0; i < count; i++) {
        await this.#clock.sleep(this.#delayMs)
        if (this.isHung) return new Promise(() => undefined)
        if (this.isEndless) for (let n = 0; n < 100; n++) await writer.write(NULL_PACKETS)
        const unit = demuxMpegTs(concatBytes(...parts)).video[given]!
        await writer.write(given === 0 ? concatBytes(muxer.start(), muxer.write(unit)) : muxer.write(unit))
        given += 1
      }
    }
    await writer.close()
  }
}
