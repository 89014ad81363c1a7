/** @module Decodes what the viewer fetched and keeps the sums, so that a long demo needs little memory. */
import { decodeMedia } from '@tessera/media/verify/decode'
import type { RenditionReport } from './report.ts'
import type { ViewedSegment } from './viewer.ts'

/** One process start a batch; a batch is a few seconds of all renditions. */
const BATCH = 24

type Sums = {
  segments: number
  frames: number
  bytes: number
  seconds: number
  width: number
  height: number
  /** Times and burnt-in numbers of all frames, to compare the renditions with each other. */
  pts: number[]
  counters: (number | undefined)[]
}

/** The source first, then the largest picture first. */
function byName([a, x]: [string, Sums], [b, y]: [string, Sums]): number {
  return Number(b === 'source') - Number(a === 'source') || y.height - x.height
}

export class RenditionChecker {
  readonly #sums = new Map<string, Sums>()
  readonly #waiting: ViewedSegment[] = []
  readonly #signal: AbortSignal
  #decoding: Promise<void> = Promise.resolve()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  add(segment: ViewedSegment): void {
    this.#waiting.push(segment)
    if (this.#waiting.length >= BATCH) this.#decodeWaiting()
  }

  /** Resolves when everything added so far is decoded. @throws when a segment does not decode. */
  async finish(): Promise<void> {
    this.#decodeWaiting()
    await this.#decoding
  }

  /** Measured on the decoded pictures and the delivered bytes. */
  reports(): Readonly<Record<string, RenditionReport>> {
    return Object.fromEntries(
      [...this.#sums].sort(byName).map(([name, { segments, frames, bytes, seconds, width, height }]) => {
        const bitrateBps = seconds > 0 ? Math.round((bytes * 8) / seconds) : 0
        return [name, { segments, frames, width, height, bitrateBps }]
      }),
    )
  }

  /** Renditions whose frames do not have the times and numbers of the source's, one sentence each. */
  differencesFrom(source: string): readonly string[] {
    const reference = this.#sums.get(source)
    if (!reference) return [`${source} was not delivered.`]
    const problems: string[] = []
    for (const [name, { pts, counters }] of this.#sums) {
      if (name === 'ai') continue // it may leave frames out and shows them changed
      const late = pts.findIndex((value, i) => value !== reference.pts[i])
      if (late !== -1) problems.push(`Frame ${late} of ${name} is shown at another time than the source's.`)
      const wrong = counters.findIndex((value, i) => value !== reference.counters[i])
      if (wrong !== -1) problems.push(`Frame ${wrong} of ${name} shows another picture than the source's.`)
    }
    return problems
  }

  #decodeWaiting(): void {
    const batch = this.#waiting.splice(0)
    if (batch.length === 0) return
    this.#decoding = this.#decoding.then(() => this.#decode(batch))
    this.#decoding.catch(() => undefined) // reported by `finish`
  }

  async #decode(batch: readonly ViewedSegment[]): Promise<void> {
    const decoded = await decodeMedia(
      batch.map(({ bytes }) => bytes),
      { signal: this.#signal },
    )
    for (const [i, { rendition, bytes, durationS }] of batch.entries()) {
      const { width, height, frames } = decoded[i]!
      const sums = this.#sumsOf(rendition)
      sums.segments += 1
      sums.frames += frames.length
      sums.bytes += bytes.length
      sums.seconds += durationS
      sums.width = width
      sums.height = height
      sums.pts.push(...frames.map(({ pts }) => pts))
      sums.counters.push(...frames.map(({ counter }) => counter))
    }
  }

  #sumsOf(rendition: string): Sums {
    const known = this.#sums.get(rendition)
    if (known) return known
    const sums: Sums = {
      segments: 0,
      frames: 0,
      bytes: 0,
      seconds: 0,
      width: 0,
      height: 0,
      pts: [],
      counters: [],
    }
    this.#sums.set(rendition, sums)
    return sums
  }
}
