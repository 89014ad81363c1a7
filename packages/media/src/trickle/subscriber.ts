/** @module Reading a trickle channel: segments in order, the next one requested in advance. */
import type { IncomingMessage } from 'node:http'
import { type Clock, deadline } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import { NEXT_SEGMENT, parseIndex, STATUS_NO_ENTRY, TRICKLE_HEADERS } from './headers.ts'
import {
  responseOf,
  TrickleClosedError,
  type TrickleEndpoint,
  TrickleHttpClient,
  TrickleRequestError,
} from './http-client.ts'

export type TrickleSubscriberConfig = TrickleEndpoint & {
  /** `-1`: the segment produced next (gateways). `-2`: the current one from its start (runners). Or a number. */
  readonly from: number
  /** Longest segment taken. Default 16 MiB. */
  readonly maxSegmentBytes?: number
}

export type ReceivedSegment = {
  readonly seq: number
  /** Number after the newest segment when this one was requested, if the server told. */
  readonly latest: number | undefined
  readonly contentType: string | undefined
  /** Bytes as they arrive; may be empty. Read it, or leave it: going to the next segment drops it. */
  readonly stream: AsyncIterable<Uint8Array>
}

/** A waiting read is asked again so often, in case its connection has silently died. */
const REISSUE_MS = 20_000
/** Tries of one read and the pause between them, as go-livepeer's gateway. */
const ATTEMPTS = 6
const RETRY_MS = 300
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024

/**
 * Yields segments until the channel closes. A gap (we were too slow, or the publisher jumped) shows as a jump of
 * `seq`. Iterate once. A stream that breaks off throws in its reader; the iteration itself may go on.
 * @throws {TrickleClosedError} from the first step when there is no such channel
 * @throws {TrickleRequestError} when the server cannot be reached after several tries
 */
export class TrickleSubscriber implements AsyncIterable<ReceivedSegment>, Disposable {
  readonly #client: TrickleHttpClient
  readonly #config: TrickleSubscriberConfig
  readonly #deps: { readonly clock: Clock; readonly log: Log }
  readonly #closing = new AbortController()

  constructor(config: TrickleSubscriberConfig, deps: { readonly clock: Clock; readonly log: Log }) {
    this.#client = new TrickleHttpClient(config)
    this.#config = config
    this.#deps = deps
  }

  /** Ends the iteration and drops all connections. */
  [Symbol.dispose](): void {
    this.#closing.abort()
    this.#client[Symbol.dispose]()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReceivedSegment, void, undefined> {
    let waiting = this.#request(this.#config.from)
    let isFirst = true
    try {
      while (!this.#closing.signal.aborted) {
        const response = await waiting
        if (response.statusCode === 404 && isFirst)
          throw new TrickleClosedError({ channel: this.#client.channel })
        if (response.statusCode === 404 || response.headers[TRICKLE_HEADERS.closed] !== undefined) return
        isFirst = false
        if (response.statusCode === STATUS_NO_ENTRY) {
          response.resume()
          waiting = this.#request(parseIndex(response.headers[TRICKLE_HEADERS.latest]) ?? NEXT_SEGMENT)
          continue
        }
        const seq = this.#seqOf(response)
        waiting = this.#request(seq + 1)
        yield this.#received(seq, response)
        if (!response.readableEnded) response.destroy()
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error
    } finally {
      waiting.catch(() => undefined)
      this[Symbol.dispose]()
    }
  }

  #received(seq: number, response: IncomingMessage): ReceivedSegment {
    return {
      seq,
      latest: parseIndex(response.headers[TRICKLE_HEADERS.latest]),
      contentType: response.headers['content-type'],
      stream: this.#bytes(seq, response),
    }
  }

  async *#bytes(seq: number, response: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
    const max = this.#config.maxSegmentBytes ?? MAX_SEGMENT_BYTES
    let size = 0
    try {
      for await (const chunk of response as AsyncIterable<Uint8Array>) {
        size += chunk.length
        if (size > max) throw new Error(`The segment is longer than ${max} bytes.`)
        yield chunk
      }
    } catch (error) {
      throw new TrickleRequestError({ channel: this.#client.channel, seq }, error)
    }
  }

  /** Without the number the next request cannot be named, so its absence is a failure of the server. */
  #seqOf(response: IncomingMessage): number {
    const seq = parseIndex(response.headers[TRICKLE_HEADERS.seq])
    if (response.statusCode === 200 && seq !== undefined && seq >= 0) return seq
    throw new TrickleRequestError({
      channel: this.#client.channel,
      seq: seq ?? -1,
      status: response.statusCode,
    })
  }

  /** Answer to a read: 200, 404 or 470. Retries what fails on the way and answers that mean trouble. */
  #request(index: number): Promise<IncomingMessage> {
    const answer = this.#tryRequest(index)
    // Requested in advance: a failure is told when its turn comes.
    answer.catch(() => undefined)
    return answer
  }

  async #tryRequest(index: number): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#waitForSegment(index)
      } catch (error) {
        const { signal } = this.#closing
        if (signal.aborted || attempt >= ATTEMPTS) throw error
        this.#deps.log.debug(
          { channel: this.#client.channel, index, attempt },
          'trickle read failed, trying again',
        )
        await this.#deps.clock.sleep(RETRY_MS, { signal })
      }
    }
  }

  async #waitForSegment(index: number): Promise<IncomingMessage> {
    const { channel } = this.#client
    while (true) {
      const limit = deadline(this.#deps.clock, REISSUE_MS, {
        signal: this.#closing.signal,
        reason: () => new Error('No segment yet.'),
      })
      const connection = new AbortController()
      const abort = (): void => connection.abort()
      limit.signal.addEventListener('abort', abort, { once: true })
      if (limit.signal.aborted) abort()
      try {
        const request = this.#client.open({ method: 'GET', path: `/${index}`, signal: connection.signal })
        request.end()
        const response = await responseOf(request)
        const { statusCode: status = 0 } = response
        if (status === 200 || status === 404 || status === STATUS_NO_ENTRY) return response
        response.resume()
        throw new TrickleRequestError({ channel, seq: index, status })
      } catch (error) {
        if (this.#closing.signal.aborted || !limit.signal.aborted) {
          throw error instanceof TrickleRequestError
            ? error
            : new TrickleRequestError({ channel, seq: index }, error)
        }
      } finally {
        // The time limit is on the head only: the body may take as long as it is written.
        limit.signal.removeEventListener('abort', abort)
        limit.clear()
      }
    }
  }
}
