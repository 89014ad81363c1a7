/** @module Publishing to a trickle channel: one POST a segment, the next one connected in advance. */
import type { ClientRequest } from 'node:http'
import type { Log } from '@tessera/runtime/log'
import { TRICKLE_HEADERS } from './headers.ts'
import {
  responseOf,
  TrickleClosedError,
  type TrickleEndpoint,
  TrickleHttpClient,
  TrickleRequestError,
} from './http-client.ts'

export type TricklePublisherConfig = TrickleEndpoint & {
  /** Sent with each segment, e.g. `video/MP2T`. */
  readonly contentType: string
  /** First number. Default 0, as all known publishers. */
  readonly firstSeq?: number
}

/** One segment being published. Exactly one of `close` and `abort` ends it. */
export type TrickleSegmentWriter = {
  readonly seq: number
  /** Resolves when the socket takes more. @throws {TrickleClosedError | TrickleRequestError} */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the segment; resolves when the server has all of it. @throws {TrickleClosedError | TrickleRequestError} */
  close(): Promise<void>
}

/** Counts segments from 0 itself, as the protocol wants, and keeps counting over failed segments. */
export class TricklePublisher implements AsyncDisposable {
  readonly #client: TrickleHttpClient
  readonly #config: TricklePublisherConfig
  readonly #log: Log
  #nextSeq: number
  #preconnected: SegmentPost | undefined
  readonly #open = new Set<SegmentPost>()
  #isClosed = false

  constructor(config: TricklePublisherConfig, deps: { readonly log: Log }) {
    this.#config = config
    this.#log = deps.log
    this.#client = new TrickleHttpClient(config)
    this.#nextSeq = config.firstSeq ?? 0
  }

  /** Segments begun whose end the server has not confirmed. Growth means that the other side is too slow. */
  get inFlight(): number {
    return this.#open.size
  }

  /** Begins the next segment and connects for the one after it. */
  segment(): TrickleSegmentWriter {
    const seq = this.#nextSeq++
    const ready = this.#preconnected
    const post = ready && !ready.isOver ? ready : this.#post(seq)
    this.#open.add(post)
    this.#preconnected = this.#post(this.#nextSeq)
    post.done.then(
      () => this.#open.delete(post),
      () => this.#onFailed(post),
    )
    return post
  }

  /** A whole segment at once, as on JSON channels. @throws {TrickleClosedError | TrickleRequestError} */
  async publish(bytes: Uint8Array): Promise<void> {
    const segment = this.segment()
    await segment.write(bytes)
    await segment.close()
  }

  /** Deletes the channel (best effort) and drops all connections. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#delete('')
    this.abandon()
  }

  /** Drops all connections and leaves the channel as it is. */
  abandon(): void {
    this.#isClosed = true
    this.#preconnected?.abort()
    for (const post of this.#open) post.abort()
    this.#client[Symbol.dispose]()
  }

  #post(seq: number): SegmentPost {
    const request = this.#client.open({
      method: 'POST',
      path: `/${seq}`,
      headers: { 'Content-Type': this.#config.contentType, 'Transfer-Encoding': 'chunked' },
    })
    request.flushHeaders()
    return new SegmentPost(seq, request, this.#client.channel)
  }

  #onFailed(post: SegmentPost): void {
    this.#open.delete(post)
    this.#log.debug({ seq: post.seq, channel: this.#client.channel }, 'trickle segment not published')
    // A segment that broke off stays open at the server and would keep its readers waiting.
    if (!this.#isClosed) void this.#delete(`/${post.seq}`)
  }

  async #delete(path: string): Promise<void> {
    try {
      const request = this.#client.open({ method: 'DELETE', path })
      request.end()
      const response = await responseOf(request)
      response.resume()
    } catch (error) {
      this.#log.debug({ channel: this.#client.channel, error }, 'trickle delete failed')
    }
  }
}

class SegmentPost implements TrickleSegmentWriter {
  readonly seq: number
  /** Settles with the server's answer. */
  readonly done: Promise<void>
  readonly #request: ClientRequest
  #isOver = false

  constructor(seq: number, request: ClientRequest, channel: string) {
    this.seq = seq
    this.#request = request
    this.done = this.#confirm(channel)
    const over = (): void => {
      this.#isOver = true
    }
    this.done.then(over, over)
  }

  /** The server has answered or the connection is gone: nothing more can be sent. */
  get isOver(): boolean {
    return this.#isOver
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#isOver) return this.done
    if (this.#request.write(bytes)) return
    const drained = new Promise<void>((resolve) => this.#request.once('drain', resolve))
    await Promise.race([drained, this.done])
  }

  close(): Promise<void> {
    this.#request.end()
    return this.done
  }

  abort(): void {
    this.#request.destroy()
  }

  async #confirm(channel: string): Promise<void> {
    const response = await responseOf(this.#request).catch((error: unknown) => {
      throw new TrickleRequestError({ channel, seq: this.seq }, error)
    })
    response.resume()
    const { statusCode: status, headers } = response
    const isOver = status === 404 || headers[TRICKLE_HEADERS.closed] !== undefined
    if (isOver) throw new TrickleClosedError({ channel })
    if (status !== 200) throw new TrickleRequestError({ channel, seq: this.seq, status })
    // An answer before our end means that the segment was closed under us; what is still written is lost, not wrong.
  }
}
