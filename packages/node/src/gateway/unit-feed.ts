/** @module The newest access units of a stream, kept so that another orchestrator can begin where one stopped. */
import type { AccessUnit } from '@tessera/media/ingest/ingest-stream'

export type UnitFeedLimits = { readonly maxBytes: number /** Media time, ms. */; readonly maxMs: number }

const TICKS_PER_MS = 90

/**
 * Groups of pictures, oldest first; the first unit is always a video keyframe. What was confirmed or is too old goes, a
 * whole group at a time, so a reader may find itself at a later group: it then lost some, and goes on at a keyframe.
 */
export class UnitFeed {
  readonly #limits: UnitFeedLimits
  #units: AccessUnit[] = []
  /** Number of the first unit held, counted from the beginning of the stream. */
  #first = 0
  #bytes = 0
  #isEnded = false
  #wake: (() => void)[] = []

  constructor(limits: UnitFeedLimits) {
    this.#limits = limits
  }

  push(unit: AccessUnit): void {
    if (this.#isEnded || (this.#units.length === 0 && !isKeyframe(unit))) return
    this.#units.push(unit)
    this.#bytes += unit.data.length
    while (this.#isTooLarge()) this.#dropGroup()
    this.#notify()
  }

  /** Readers get what is held, then the end. */
  end(): void {
    this.#isEnded = true
    this.#notify()
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** The group that starts at `pts`, and all before it, are not needed any more. */
  confirm(pts: number): void {
    while (this.#units.length > 0 && this.#units[0]!.pts <= pts) this.#dropGroup()
  }

  /** From the oldest group held. Ends when the stream ended; rejects with `signal.reason`. */
  async *read(signal: AbortSignal): AsyncGenerator<AccessUnit, void, undefined> {
    let next = this.#first
    const onAbort = (): void => this.#notify()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      while (true) {
        signal.throwIfAborted()
        next = Math.max(next, this.#first)
        const unit = this.#units[next - this.#first]
        if (unit) {
          next += 1
          yield unit
        } else if (this.#isEnded) return
        else await new Promise<void>((resolve) => this.#wake.push(resolve))
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #isTooLarge(): boolean {
    const [first, last] = [this.#units[0], this.#units.at(-1)]
    if (!first || !last) return false
    return this.#bytes > this.#limits.maxBytes || last.pts - first.pts > this.#limits.maxMs * TICKS_PER_MS
  }

  #dropGroup(): void {
    const nextGroup = this.#units.findIndex((unit, i) => i > 0 && isKeyframe(unit))
    const gone = this.#units.splice(0, nextGroup < 0 ? this.#units.length : nextGroup)
    this.#first += gone.length
    for (const unit of gone) this.#bytes -= unit.data.length
  }

  #notify(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}

function isKeyframe(unit: AccessUnit): boolean {
  return unit.kind === 'video' && unit.isKeyframe
}
