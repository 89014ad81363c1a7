/** @module Which frame to work on next when there is not always time for all of them: the latest that is due. */
import { TICKS_PER_MS } from '@tessera/protocol/units'

export type WaitingVideo<Picture> = {
  readonly kind: 'video'
  readonly picture: Picture
  /** 90 kHz. */
  readonly pts: number
  /** When the last byte of the frame was here, monotonic ms. */
  readonly arrivedMs: number
  /** The output should start a segment with it. Handed on when the frame is dropped. */
  readonly startsSegment: boolean
}

export type WaitingUnit<Picture, Packet> =
  | WaitingVideo<Picture>
  | { readonly kind: 'audio'; readonly packet: Packet }

type Scheduled<Picture, Packet> =
  | (WaitingVideo<Picture> & { readonly dueMs: number })
  | { readonly kind: 'audio'; readonly packet: Packet }

/** Frames that came in a burst fall due a little faster than their timestamps say, so that a delay is made up for. */
const CATCH_UP = 0.95
/** A frame may be so much later than that: machines stall for moments, and a dropped frame is seen, 0.2 s are not. */
const SLACK_MS = 200
/** The first frames wait for encoder and model to settle; caught up with over the next twenty seconds. */
const START_LEAD_MS = 1000
/** No burst is taken to be longer. */
const MAX_LEAD_MS = 4000
/** A step in time larger than this, or backwards, is another clock: start anew. */
const MAX_STEP_MS = 2000

/**
 * Latest frame wins, without punishing bursts. Each frame falls due when it arrives, but not before its predecessor's
 * due time plus the distance of their timestamps: frames that come one by one are due at once, and the frames of a
 * segment that comes in one piece fall due at the pace they were filmed. A frame that still waits when a later one
 * is overdue is dropped and counted. Frames are handed out as early as asked for; due times only decide what is dropped.
 *
 * Worked example: 30 fps one by one, 50 ms work a frame: about every third frame is dropped and frames wait 0.2 s,
 * no longer. Sixty frames at once, 13 ms each: none is dropped, all are done 0.8 s later.
 */
export class FrameLoop<Picture, Packet> {
  readonly #waiting: Scheduled<Picture, Packet>[] = []
  #last: { readonly pts: number; readonly dueMs: number } | undefined
  #pictures = 0
  #framesIn = 0
  #framesDropped = 0

  get framesIn(): number {
    return this.#framesIn
  }

  get framesDropped(): number {
    return this.#framesDropped
  }

  /** Two pictures must wait before the first can be judged; more would only hold memory. */
  get wantsMore(): boolean {
    return this.#pictures < 2
  }

  offer(unit: WaitingUnit<Picture, Packet>): void {
    if (unit.kind === 'audio') {
      this.#waiting.push(unit)
      return
    }
    const dueMs = this.#dueMs(unit)
    this.#last = { pts: unit.pts, dueMs }
    this.#framesIn++
    this.#pictures++
    this.#waiting.push({ ...unit, dueMs })
  }

  /** The next unit in stream order, after dropping the pictures that a later one has overtaken. */
  take(nowMs: number): WaitingUnit<Picture, Packet> | undefined {
    while (true) {
      const head = this.#waiting.shift()
      if (head?.kind !== 'video') return head
      this.#pictures--
      const index = this.#waiting.findIndex((unit) => unit.kind === 'video')
      const next = this.#waiting[index]
      if (next?.kind !== 'video' || nowMs < next.dueMs + SLACK_MS) return head
      this.#framesDropped++
      if (head.startsSegment) this.#waiting[index] = { ...next, startsSegment: true }
    }
  }

  #dueMs({ pts, arrivedMs }: WaitingVideo<Picture>): number {
    if (!this.#last) return arrivedMs + START_LEAD_MS
    const stepMs = (pts - this.#last.pts) / TICKS_PER_MS
    if (stepMs < 0 || stepMs > MAX_STEP_MS) return arrivedMs
    const paced = this.#last.dueMs + stepMs * CATCH_UP
    return Math.max(arrivedMs, Math.min(paced, arrivedMs + MAX_LEAD_MS))
  }
}
