/** @module Orchestrators without a network, behind the gateway's port: with delays, deaths and lies on demand. */
import { measureSegment } from '@tessera/media/verify/measure'
import { liveCapabilities } from '@tessera/node/rpc/job-capabilities'
import type {
  DeliveredSegment,
  OrchestratorApi,
  PaymentRequest,
  Quote,
  RealtimeChannels,
  RealtimeRequest,
  SegmentRequest,
} from '@tessera/node/rpc/orchestrator-api'
import { OrchestratorError, type OrchestratorErrorCode } from '@tessera/node/rpc/orchestrator-error'
import { address } from '@tessera/protocol/address'
import type { Profile } from '@tessera/protocol/profile'
import { pixels } from '@tessera/protocol/units'
import type { Clock } from '@tessera/runtime/clock'
import { syntheticSegment } from './synthetic-video.ts'

/** `drops-a-frame` delivers and charges one frame less than the source has. */
export type FakeMood = 'works' | 'hangs' | 'full' | 'fails' | 'drops-a-frame' | 'down'

export class FakeOrchestrator {
  readonly url: string
  readonly #clock: Clock
  mood: FakeMood = 'works'
  /** Time it takes for a segment, in ms. */
  workMs: number
  price: { wei: bigint; units: bigint } = { wei: 1n, units: 1n }
  tokenValidForMs = 1_800_000
  /** Number of calls so far. */
  quotes = 0
  submissions = 0
  farewells = 0
  inFlight = 0
  mostInFlight = 0
  readonly payments: PaymentRequest[] = []
  readonly starts: RealtimeRequest[] = []
  readonly #dying = new Set<() => void>()

  constructor(url: string, options: { readonly clock: Clock; readonly workMs?: number }) {
    this.url = url
    this.#clock = options.clock
    this.workMs = options.workMs ?? 500
  }

  get address(): `0x${string}` {
    const digits = [...this.url].map((char) => char.charCodeAt(0).toString(16)).join('')
    return address(`0x${digits.slice(-40).padStart(40, '0')}`)
  }

  /** Dies like a killed process: calls under way are reset at once, later ones are refused. */
  kill(): void {
    this.mood = 'down'
    for (const die of this.#dying) die()
  }

  quote(): Quote {
    return {
      url: this.url,
      address: this.address,
      price: this.price,
      authToken: {
        token: new Uint8Array(32),
        sessionId: `${this.url}#${this.quotes}`,
        expiresAtSeconds: Math.floor((this.#clock.nowMs() + this.tokenValidForMs) / 1000),
      },
      capabilities: liveCapabilities('edges'),
      capabilityPrices: [],
      nodes: [],
    }
  }

  /** Waits for `ms` as this orchestrator does: rejects when it is down, dies, or the caller gives up. */
  async busy(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.mood === 'down') throw failure('ORCHESTRATOR_UNREACHABLE')
    const death = new AbortController()
    const die = (): void => death.abort(failure('ORCHESTRATOR_UNREACHABLE'))
    this.#dying.add(die)
    try {
      await this.#clock.sleep(ms, { signal: signal ? AbortSignal.any([signal, death.signal]) : death.signal })
    } finally {
      this.#dying.delete(die)
    }
  }

  async submit(request: SegmentRequest, signal: AbortSignal | undefined): Promise<DeliveredSegment> {
    this.submissions += 1
    this.inFlight += 1
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight)
    try {
      if (this.mood === 'full') throw failure('ORCHESTRATOR_FULL')
      await this.busy(this.mood === 'hangs' ? 1_000_000 : this.workMs, signal)
      if (this.mood === 'fails') throw failure('ORCHESTRATOR_TRANSCODE_FAILED')
      const frames = measureSegment(request.segment.bytes).frames - (this.mood === 'drops-a-frame' ? 1 : 0)
      const renditions = request.profiles.map((profile) => rendition(profile, frames, request.segment.start))
      return {
        renditions,
        nextQuote: this.quote(),
        uploadMs: 10,
        transcodeMs: this.workMs - 10,
        downloadMs: 0,
      }
    } finally {
      this.inFlight -= 1
    }
  }
}

function rendition(
  profile: Profile,
  frames: number,
  startPts: number,
): DeliveredSegment['renditions'][number] {
  const { name, width, height } = profile
  return {
    name,
    bytes: syntheticSegment({ width, height, frames, startPts }),
    pixels: pixels(BigInt(width * height * frames)),
  }
}

function failure(code: OrchestratorErrorCode): OrchestratorError {
  return new OrchestratorError({ code, message: `Fake ${code}.`, paymentFate: 'unknown' })
}

/** A network of fakes as one `OrchestratorApi`. */
export class FakeOrchestrators implements OrchestratorApi {
  readonly #all: ReadonlyMap<string, FakeOrchestrator>
  /** Makes the channels of a realtime session; without it realtime is refused as full. */
  onStartRealtime: ((request: RealtimeRequest, at: FakeOrchestrator) => RealtimeChannels) | undefined

  constructor(all: readonly FakeOrchestrator[]) {
    this.#all = new Map(all.map((one) => [one.url, one]))
  }

  async getQuote(
    url: string,
    _needs: unknown,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Quote> {
    const one = this.#at(url)
    await one.busy(20, options?.signal)
    one.quotes += 1
    return one.quote()
  }

  submitSegment(
    request: SegmentRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<DeliveredSegment> {
    return this.#at(request.quote.url).submit(request, options?.signal)
  }

  async pay(
    request: PaymentRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Quote | undefined> {
    const one = this.#at(request.quote.url)
    await one.busy(5, options?.signal)
    one.payments.push(request)
    return one.quote()
  }

  async startRealtime(
    request: RealtimeRequest,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<RealtimeChannels> {
    const one = this.#at(request.quote.url)
    await one.busy(30, options?.signal)
    if (!this.onStartRealtime) throw failure('ORCHESTRATOR_FULL')
    one.starts.push(request)
    return this.onStartRealtime(request, one)
  }

  async endSession(quote: Quote): Promise<void> {
    this.#at(quote.url).farewells += 1
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #at(url: string): FakeOrchestrator {
    const one = this.#all.get(url)
    if (!one) throw failure('ORCHESTRATOR_UNREACHABLE')
    return one
  }
}
