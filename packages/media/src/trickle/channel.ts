/** @module A trickle channel: a ring of segments, each an append-only byte stream read while it is written. */
import { BaseError } from '@tessera/runtime/errors'
import { CURRENT_SEGMENT, NEXT_SEGMENT } from './headers.ts'

/** Segments a channel holds: a new number closes and replaces the one five before it (go-livepeer wire). */
const RING_SIZE = 5

/** More bytes than a segment may hold. The segment is closed; its readers keep what arrived. */
export class TrickleSegmentTooLargeError extends BaseError {
  constructor(facts: { seq: number; maxSegmentBytes: number }) {
    super({
      code: 'TRICKLE_SEGMENT_TOO_LARGE',
      message: 'A trickle segment grew beyond its limit.',
      advice: 'Publish shorter segments.',
      facts,
    })
  }
}

/** Bytes with one writer and any number of readers, each of which gets all of them from the start. */
export class TrickleSegment {
  readonly seq: number
  /** Resolves when no more bytes will come. */
  readonly closed: Promise<'closed'>
  #resolveClosed: (value: 'closed') => void = () => undefined
  readonly #chunks: Uint8Array[] = []
  readonly #waiting = new Set<() => void>()
  #size = 0
  #isClosed = false

  constructor(seq: number) {
    this.seq = seq
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
  }

  get size(): number {
    return this.#size
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  append(bytes: Uint8Array): void {
    if (this.#isClosed || bytes.length === 0) return
    this.#chunks.push(bytes)
    this.#size += bytes.length
    this.#wakeAll()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#resolveClosed('closed')
    this.#wakeAll()
  }

  /** All bytes from the start, ending when the segment closes or `signal` aborts. */
  async *read(signal?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    for (let next = 0; !signal?.aborted; ) {
      const chunk = this.#chunks[next]
      if (chunk) {
        next++
        yield chunk
      } else if (this.#isClosed) {
        return
      } else {
        await this.#changed(signal)
      }
    }
  }

  #changed(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake, { once: true })
    })
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

export type TrickleChannelOptions = {
  /** Part of the URL, and the only credential: make it unguessable. */
  readonly name: string
  /** Media type of the segments, e.g. `video/MP2T`. */
  readonly contentType: string
  readonly maxSegmentBytes: number
  /** Told at the first byte of each segment: what a real-time session is charged by. */
  readonly onSegmentStarted?: ((seq: number) => void) | undefined
  /** Told once when the channel closes, whoever closed it. */
  readonly onClosed?: (() => void) | undefined
}

/** The state behind one channel URL. `TrickleServer` speaks HTTP over it. */
export class TrickleChannel {
  readonly name: string
  readonly contentType: string
  readonly #options: TrickleChannelOptions
  readonly #ring: (TrickleSegment | undefined)[] = Array.from({ length: RING_SIZE })
  #nextWrite = 0
  #isClosed = false

  constructor(options: TrickleChannelOptions) {
    this.name = options.name
    this.contentType = options.contentType
    this.#options = options
  }

  /** Number after the segment that was begun last. */
  get nextWrite(): number {
    return this.#nextWrite
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The segment to publish `index` into (-1: the next one), made when absent, whatever it replaces being closed. */
  openForWrite(index: number): TrickleSegment {
    const seq = index === NEXT_SEGMENT ? this.#nextWrite : index
    return this.#held(seq) ?? this.#place(seq)
  }

  /**
   * Adds bytes and, with the first ones, makes the segment the current one. False when the segment is closed.
   * @throws {TrickleSegmentTooLargeError}
   */
  write(segment: TrickleSegment, bytes: Uint8Array): boolean {
    if (segment.isClosed) return false
    const { maxSegmentBytes } = this.#options
    if (segment.size + bytes.length > maxSegmentBytes) {
      segment.close()
      throw new TrickleSegmentTooLargeError({ seq: segment.seq, maxSegmentBytes })
    }
    if (segment.size === 0 && bytes.length > 0) this.#begin(segment)
    segment.append(bytes)
    return true
  }

  /** Ends a segment that was published completely. An empty one counts as begun too. */
  complete(segment: TrickleSegment): void {
    if (segment.isClosed) return
    if (segment.size === 0) this.#nextWrite = segment.seq + 1
    segment.close()
  }

  /** The number that -1 or -2 stands for now. */
  resolve(index: number): number {
    if (index === NEXT_SEGMENT) return this.#nextWrite
    return index === CURRENT_SEGMENT ? Math.max(0, this.#nextWrite - 1) : index
  }

  /** A held segment, or the next one made in advance so that its reader can wait; otherwise undefined. */
  findForRead(seq: number): TrickleSegment | undefined {
    const isNext = seq === this.#nextWrite || (seq === 1 && this.#nextWrite === 0)
    return this.#held(seq) ?? (isNext ? this.#place(seq) : undefined)
  }

  /** False when no such segment is held. */
  closeSegment(seq: number): boolean {
    const segment = this.#held(seq)
    segment?.close()
    return segment !== undefined
  }

  closeBefore(seq: number): void {
    for (const segment of this.#ring) if (segment && segment.seq < seq) segment.close()
  }

  /** Ends every segment. Idempotent. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const segment of this.#ring) segment?.close()
    this.#options.onClosed?.()
  }

  #begin(segment: TrickleSegment): void {
    this.#nextWrite = segment.seq + 1
    this.#options.onSegmentStarted?.(segment.seq)
  }

  #held(seq: number): TrickleSegment | undefined {
    const segment = this.#ring[seq % RING_SIZE]
    return segment?.seq === seq ? segment : undefined
  }

  #place(seq: number): TrickleSegment {
    const segment = new TrickleSegment(seq)
    this.#ring[seq % RING_SIZE]?.close()
    this.#ring[seq % RING_SIZE] = segment
    if (this.#isClosed) segment.close()
    return segment
  }
}
