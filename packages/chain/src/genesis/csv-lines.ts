/** @module Cuts a stream of bytes into lines without ever holding more than one of them. */
import { GenesisCsvError } from './errors.ts'

const LF = 0x0a
const CR = 0x0d
/** Two quoted fields, the longest of each, a comma and a carriage return: 42 + 78 + 6. */
const MAX_LINE_BYTES = 126
const UTF8_MARK = [0xef, 0xbb, 0xbf]

/** Receives a line without its end, valid during the call only; lines count from 1. */
export type OnLine = (line: Uint8Array, number: number) => void

/** Push parser: LF or CRLF ends a line, the last may lack it, a UTF-8 byte order mark is skipped. */
export class CsvLines {
  readonly #onLine: OnLine
  readonly #carried = new Uint8Array(MAX_LINE_BYTES + UTF8_MARK.length)
  #carriedLength = 0
  #number = 0

  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  /** Lines that ended so far. */
  get count(): number {
    return this.#number
  }

  /** @throws {GenesisCsvError} `line-too-long`, and whatever the receiver throws. */
  push(chunk: Uint8Array): void {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(LF, start)
      if (end < 0) break
      this.#end(chunk.subarray(start, end))
      start = end + 1
    }
    this.#carry(chunk.subarray(start))
  }

  /** The stream is over. */
  finish(): void {
    if (this.#carriedLength > 0) this.#end(new Uint8Array(0))
  }

  #end(rest: Uint8Array): void {
    let line = rest
    if (this.#carriedLength > 0) {
      this.#carry(rest)
      line = this.#carried.subarray(0, this.#carriedLength)
      this.#carriedLength = 0
    }
    if (line.at(-1) === CR) line = line.subarray(0, -1)
    this.#number++
    if (this.#number === 1 && UTF8_MARK.every((byte, i) => line[i] === byte))
      line = line.subarray(UTF8_MARK.length)
    if (line.length > MAX_LINE_BYTES)
      throw new GenesisCsvError('line-too-long', this.#number, { bytes: line.length })
    this.#onLine(line, this.#number)
  }

  #carry(part: Uint8Array): void {
    if (this.#carriedLength + part.length > this.#carried.length) {
      throw new GenesisCsvError('line-too-long', this.#number + 1)
    }
    this.#carried.set(part, this.#carriedLength)
    this.#carriedLength += part.length
  }
}
