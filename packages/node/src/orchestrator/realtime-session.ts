/** @module One live pipeline at an orchestrator: its four trickle channels, its runner, its meter. */
import type { TrickleServer } from '@tessera/media/trickle/server'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { RunnerLease } from './runner-registry.ts'

/** A live second counts as so many pixels whatever the real size (go-livepeer wire): 1280 × 720 × 30. */
export const LIVE_PIXELS_PER_SECOND = 27_648_000n

/** Without an input segment for so long the gateway is taken for gone. */
const INPUT_IDLE_MS = 30_000

export type ChannelNames = {
  readonly input: string
  readonly output: string
  readonly control: string
  readonly events: string
}

export type RealtimeSessionConfig = {
  /** Names the channels and the balance. Unguessable: it is what lets one publish. */
  readonly manifestId: string
  readonly paymentIntervalMs: number
}

export type RealtimeSessionDeps = {
  readonly trickle: TrickleServer
  readonly lease: RunnerLease
  /** Takes the fee for so many pixels; false when the balance is short. */
  readonly charge: (units: bigint) => Promise<boolean>
  readonly onEnded: (reason: string) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Ends when the gateway closes the input channel, the balance runs out, or the runner is lost; then all channels close
 * and the place on the runner is free. The last event says why, so that a gateway goes elsewhere at once.
 */
export class RealtimeSession {
  readonly manifestId: string
  readonly channels: ChannelNames
  readonly #config: RealtimeSessionConfig
  readonly #deps: RealtimeSessionDeps
  #paidUntilMs: number
  #inputAtMs: number
  #isCharging = false
  #isEnded = false

  /** @throws {TrickleChannelRefusedError} when there are too many channels */
  constructor(config: RealtimeSessionConfig, deps: RealtimeSessionDeps) {
    const { manifestId } = config
    this.manifestId = manifestId
    this.channels = {
      input: manifestId,
      output: `${manifestId}-out`,
      control: `${manifestId}-control`,
      events: `${manifestId}-events`,
    }
    this.#config = config
    this.#deps = deps
    this.#paidUntilMs = deps.clock.monotonicMs()
    this.#inputAtMs = this.#paidUntilMs
    this.#open()
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Idempotent. `error` is told to the gateway by the events channel; without one the end is a normal one. */
  end(reason: string, error?: string): void {
    if (this.#isEnded) return
    this.#isEnded = true
    if (error !== undefined)
      this.#writeEvent({ queue_event_type: 'error', event: { type: 'error', message: error } })
    for (const name of Object.values(this.channels)) this.#deps.trickle.closeChannel(name)
    this.#deps.lease[Symbol.dispose]()
    this.#deps.log.info({ manifest: this.manifestId, reason }, 'live session ended')
    this.#deps.onEnded(reason)
  }

  /**
   * To be called every few seconds. Charges a gateway that sends one endless segment, too, and ends a session whose
   * gateway has gone without a word: its place on the runner must not stay taken.
   */
  look(): void {
    if (this.#deps.clock.monotonicMs() - this.#inputAtMs >= INPUT_IDLE_MS) this.end('no input', 'no input')
    else this.#meter()
  }

  #open(): void {
    const { trickle, lease } = this.#deps
    const video = 'video/MP2T'
    const json = 'application/json'
    trickle.createChannel({
      name: this.channels.input,
      contentType: video,
      onSegmentStarted: () => {
        this.#inputAtMs = this.#deps.clock.monotonicMs()
        this.#meter()
      },
      onClosed: () => this.end('input closed'),
    })
    trickle.createChannel({
      name: this.channels.output,
      contentType: video,
      onClosed: () => this.end('output closed', 'The runner ended the session.'),
    })
    trickle.createChannel({ name: this.channels.control, contentType: json })
    trickle.createChannel({ name: this.channels.events, contentType: json })
    lease.lost.addEventListener(
      'abort',
      () => this.end('runner lost', 'The runner of this session is lost.'),
      {
        once: true,
      },
    )
  }

  /** At each input segment and look: takes the fee for the wall time since the last, at most once an interval. */
  #meter(): void {
    const nowMs = this.#deps.clock.monotonicMs()
    const elapsedMs = nowMs - this.#paidUntilMs
    if (this.#isCharging || this.#isEnded || elapsedMs < this.#config.paymentIntervalMs) return
    this.#isCharging = true
    // Whole milliseconds: the fee is exact, and what is cut off is part of the next interval.
    const wholeMs = Math.floor(elapsedMs)
    const units = (LIVE_PIXELS_PER_SECOND * BigInt(wholeMs)) / 1000n
    this.#deps
      .charge(units)
      .then((isPaid) => {
        if (isPaid) this.#paidUntilMs += wholeMs
        else this.end('insufficient balance', 'insufficient balance')
      })
      .catch((error: unknown) => {
        this.#deps.log.error({ manifest: this.manifestId, error }, 'live session could not be charged')
        this.end(describeError(error), 'payment processing failed')
      })
      .finally(() => {
        this.#isCharging = false
      })
  }

  #writeEvent(event: unknown): void {
    const channel = this.#deps.trickle.channel(this.channels.events)
    if (!channel) return
    const segment = channel.openForWrite(-1)
    channel.write(segment, new TextEncoder().encode(JSON.stringify(event)))
    channel.complete(segment)
  }
}
