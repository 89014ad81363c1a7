/** @module What a gateway can ask of an orchestrator, in our own types. `OrchestratorClient` speaks it over Livepeer's wire. */
import type { OrchestratorInfo } from '@tessera/protocol/orchestrator-info'
import type { Profile } from '@tessera/protocol/profile'
import type { Segment } from '@tessera/protocol/segment'
import type { Payment } from '@tessera/protocol/ticket'
import type { Pixels } from '@tessera/protocol/units'

/** What the work needs: plain transcoding, or a live pipeline by the name of its model. Decides the price quoted. */
export type Needs =
  | { readonly kind: 'transcode' }
  | { readonly kind: 'live-video-to-video'; readonly modelId: string }

/** An orchestrator's offer to one gateway: price, ticket parameters, token, capabilities. Price and ticket parameters
 * are absent when it takes no payment (off chain). */
export type Quote = OrchestratorInfo

export type SegmentRequest = {
  readonly quote: Quote
  readonly segment: Segment
  /** At least one, each with a unique name. */
  readonly profiles: readonly Profile[]
  /** Absent off chain. On chain it is needed even when no ticket is due: it names the sender. */
  readonly payment?: Payment
}

/** Bytes in the order of the profiles asked for. The orchestrator's signature over them is already checked. */
export type DeliveredSegment = {
  readonly renditions: readonly {
    readonly name: string
    readonly bytes: Uint8Array
    /** As the orchestrator claims. What it is paid for; the caller measures whether it is true. */
    readonly pixels: Pixels
  }[]
  /** Fresh ticket parameters with the same auth token; replaces the quote used. Absent: go on with the old one. */
  readonly nextQuote?: Quote
  /** From the first byte sent until the orchestrator had all of it. */
  readonly uploadMs: number
  /** From the end of the upload to the result. */
  readonly transcodeMs: number
  readonly downloadMs: number
}

export type RealtimeRequest = {
  /** From `getQuote` with the needs of the same model. */
  readonly quote: Quote
  readonly streamId: string
  readonly modelId: string
  /** Pipeline parameters, as the pipeline documents them. */
  readonly params: Readonly<Record<string, unknown>>
  /** Covers the first minute: 60 s × 30 fps × 1280 × 720 pixels. */
  readonly payment?: Payment
}

/** Trickle channels on the orchestrator. The gateway publishes MPEG-TS from seq 0 and reads the rest. */
export type RealtimeChannels = {
  /** Key of the balance: what `pay` names from now on. */
  readonly manifestId: string
  readonly publishUrl: string
  readonly subscribeUrl: string
  readonly controlUrl: string
  readonly eventsUrl: string
}

export type PaymentRequest = {
  readonly quote: Quote
  readonly manifestId: string
  readonly needs: Needs
  readonly payment: Payment
}

type CallOptions = { readonly signal?: AbortSignal | undefined }

/**
 * Each call rejects with `OrchestratorError` (or with `signal.reason`): unreachable, timed out, refused with a
 * code, or an answer that breaks the protocol. `paymentFate` in the error says what became of the tickets.
 */
export interface OrchestratorApi extends AsyncDisposable {
  /** Dial 3 s, call 8 s. `isRefresh` asks for fresh parameters on behalf of a session that already runs. */
  getQuote(
    url: string,
    needs: Needs,
    options?: CallOptions & { readonly isRefresh?: boolean },
  ): Promise<Quote>
  /** Upload (at most max(2 s, half the duration)), transcode (in all max(20 s, 8 × the duration)), download, check. */
  submitSegment(request: SegmentRequest, options?: CallOptions): Promise<DeliveredSegment>
  /** Adds tickets to a realtime session's balance. Gives fresh ticket parameters if the orchestrator sent any. */
  pay(request: PaymentRequest, options?: CallOptions): Promise<Quote | undefined>
  /** Opens channels and starts the pipeline, at most 5 s. End it by closing the publish channel. */
  startRealtime(request: RealtimeRequest, options?: CallOptions): Promise<RealtimeChannels>
  /** Tells the orchestrator that a transcoding session is over; frees its slot at once. */
  endSession(quote: Quote, options?: CallOptions): Promise<void>
}
