/** @module Bounded way from an ingest connection to the consumer of its stream. */
import type { AccessUnit } from './ingest-stream.ts'

/** About ten seconds of pictures and sound. */
const MAX_UNITS = 1024
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Bounded by units and by bytes: a full channel holds its producer back. After `end` the consumer still gets all units
 * that came before, then the error if there is one. For one producer and one consumer.
 */
export class UnitChannel implements AsyncIterable<AccessUnit> {
  readonly #units: AccessUnit[] = []
  #bytes = 0
  #end: { readonly error?: unknown } | undefined
  #wakeConsumer: (() => void) | undefined
  #wakeProducer: (() => void) | undefined

  get isFull(): boolean {
    return this.#units.length >= MAX_UNITS || this.#bytes >= MAX_BYTES
  }

  /** Resolves when the channel has taken the unit; false when it takes no more. */
  async push(unit: AccessUnit): Promise<boolean> {
    while (!this.#end && this.isFull) {
      await new Promise<void>((resolve) => {
        this.#wakeProducer = resolve
      })
    }
    if (this.#end) return false
    this.#units.push(unit)
    this.#bytes += unit.data.length
    this.#wake()
    return true
  }

  /** Idempotent: the first call decides. */
  end(error?: unknown): void {
    this.#end ??= { error }
    this.#wake()
    this.#wakeProducer?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AccessUnit, void, undefined> {
    try {
      while (true) {
        const unit = this.#units.shift()
        if (unit) {
          this.#bytes -= unit.data.length
          this.#wakeProducer?.()
          yield unit
        } else if (this.#end) {
          if (this.#end.error !== undefined) throw this.#end.error
          return
        } else {
          await new Promise<void>((resolve) => {
            this.#wakeConsumer = resolve
          })
        }
      }
    } finally {
      this.end()
    }
  }

  #wake(): void {
    const wake = this.#wakeConsumer
    this.#wakeConsumer = undefined
    wake?.()
  }
}
