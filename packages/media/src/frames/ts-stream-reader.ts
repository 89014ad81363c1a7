/** @module Reads a live MPEG-2 transport stream as it arrives, cut anywhere, and skips what is damaged. */

import { concatBytes } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'

/** One PES packet with a time. `pts` and `dts` are raw 33-bit ticks. */
export type ElementaryUnit = {
  readonly kind: 'video' | 'audio'
  readonly pts: number
  readonly dts: number
  readonly data: Uint8Array
}

const PACKET_BYTES = 188
const SYNC_BYTE = 0x47
const H264 = 0x1b
const AAC_ADTS = 0x0f
/** Stream types of video that is not H.264 (H.222.0 table 2-34): MPEG-1, MPEG-2, MPEG-4, HEVC, VVC. */
const OTHER_VIDEO: ReadonlySet<number> = new Set([0x01, 0x02, 0x10, 0x24, 0x33])
/** A coded picture larger than this is an attack: 4K intra pictures at 100 Mb/s have 2 MB. */
const MAX_UNIT_BYTES = 8 << 20

/** The stream carries video that is not H.264. */
class UnsupportedStreamError extends BaseError {
  constructor(streamType: number) {
    super({
      code: 'FRAMES_UNSUPPORTED_CODEC',
      message: 'The video of the stream is not H.264.',
      facts: { streamType },
    })
  }
}

type Track = {
  readonly kind: 'video' | 'audio'
  parts: Uint8Array[]
  bytes: number
  expected: number
  counter: number
}

/**
 * First H.264 and first AAC stream of the first program. A unit is delivered when its declared length is complete, or
 * when the next one of its stream begins.
 */
export class TsStreamReader {
  #rest: Uint8Array = new Uint8Array()
  #pmtPid: number | undefined
  readonly #tracks = new Map<number, Track>()
  #units: ElementaryUnit[] = []

  /** @throws {BaseError} FRAMES_UNSUPPORTED_CODEC */
  push(bytes: Uint8Array): readonly ElementaryUnit[] {
    const data = this.#rest.length > 0 ? concatBytes(this.#rest, bytes) : bytes
    let at = 0
    while (at + PACKET_BYTES <= data.length) {
      if (data[at] === SYNC_BYTE) {
        this.#packet(data.subarray(at, at + PACKET_BYTES))
        at += PACKET_BYTES
      } else {
        const next = data.indexOf(SYNC_BYTE, at + 1)
        at = next < 0 ? data.length : next
      }
    }
    this.#rest = data.slice(at)
    return this.#take()
  }

  /** What was waiting for its next unit. */
  flush(): readonly ElementaryUnit[] {
    for (const track of this.#tracks.values()) this.#finish(track)
    this.#rest = new Uint8Array()
    return this.#take()
  }

  #take(): readonly ElementaryUnit[] {
    const units = this.#units
    this.#units = []
    return units
  }

  #packet(packet: Uint8Array): void {
    const [, b1 = 0, b2 = 0, b3 = 0, adaptationLength = 0] = packet
    const pid = ((b1 & 0x1f) << 8) | b2
    const start = 4 + (b3 & 0x20 ? 1 + adaptationLength : 0)
    const hasPayload = (b3 & 0x10) !== 0 && start < PACKET_BYTES && (b1 & 0x80) === 0
    if (!hasPayload) return
    const payload = packet.subarray(start)
    const isStart = (b1 & 0x40) !== 0
    if (pid === 0 && isStart) this.#pmtPid = readProgramMapPid(payload) ?? this.#pmtPid
    else if (pid === this.#pmtPid && isStart) this.#adoptStreams(payload)
    else {
      const track = this.#tracks.get(pid)
      if (track) this.#payload(track, payload, isStart, b3 & 15)
    }
  }

  #payload(track: Track, payload: Uint8Array, isStart: boolean, counter: number): void {
    if (!isStart && counter === track.counter) return
    const isLost = track.counter >= 0 && counter !== ((track.counter + 1) & 15)
    track.counter = counter
    if (isStart) {
      if (isLost && track.expected > 0) reset(track)
      this.#finish(track)
      track.expected = declaredBytes(payload)
    } else if (isLost) reset(track)
    if (!isStart && track.parts.length === 0) return
    // A copy: the caller's buffer may be reused before the unit is complete.
    track.parts.push(payload.slice())
    track.bytes += payload.length
    if (track.bytes > MAX_UNIT_BYTES) reset(track)
    else if (track.expected > 0 && track.bytes >= track.expected) this.#finish(track)
  }

  #finish(track: Track): void {
    if (track.parts.length === 0) return
    const pes = concatBytes(...track.parts)
    const unit = parsePes(track.kind, track.expected > 0 ? pes.subarray(0, track.expected) : pes)
    if (unit) this.#units.push(unit)
    reset(track)
  }

  #adoptStreams(payload: Uint8Array): void {
    for (const { pid, streamType } of readProgramMap(payload)) {
      if (OTHER_VIDEO.has(streamType)) throw new UnsupportedStreamError(streamType)
      const kind = streamType === H264 ? 'video' : streamType === AAC_ADTS ? 'audio' : undefined
      const isTaken = [...this.#tracks.values()].some((track) => track.kind === kind)
      if (kind && !isTaken) this.#tracks.set(pid, { kind, parts: [], bytes: 0, expected: 0, counter: -1 })
    }
  }
}

function reset(track: Track): void {
  track.parts = []
  track.bytes = 0
  track.expected = 0
}

/** Bytes of the PES packet with its six first ones; 0 when it does not say. */
function declaredBytes(payload: Uint8Array): number {
  const length = ((payload[4] ?? 0) << 8) | (payload[5] ?? 0)
  return length === 0 ? 0 : 6 + length
}

/** H.222.0 2.4.3.6. Undefined when damaged or without a time. */
function parsePes(kind: Track['kind'], pes: Uint8Array): ElementaryUnit | undefined {
  const isStart = pes.length >= 14 && pes[0] === 0 && pes[1] === 0 && pes[2] === 1
  const flags = (pes[7] ?? 0) >> 6
  const dataAt = 9 + (pes[8] ?? 0)
  if (!isStart || flags < 2 || dataAt > pes.length) return undefined
  const pts = readTimestamp(pes, 9)
  return { kind, pts, dts: flags === 3 ? readTimestamp(pes, 14) : pts, data: pes.subarray(dataAt) }
}

function readTimestamp(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5)
  return ((a >> 1) & 7) * 2 ** 30 + (b << 22) + ((c >> 1) << 15) + (d << 7) + (e >> 1)
}

/** The section after its pointer, without header and CRC; it must lie in one packet, as all muxers in use write it. */
function sectionBody(payload: Uint8Array, tableId: number): Uint8Array {
  const table = payload.subarray(1 + (payload[0] ?? 0))
  const length = 3 + (((table[1] ?? 0) & 0x0f) << 8) + (table[2] ?? 0)
  if (table[0] !== tableId || length > table.length || length < 12) return new Uint8Array()
  return table.subarray(8, length - 4)
}

function readProgramMapPid(payload: Uint8Array): number | undefined {
  const body = sectionBody(payload, 0x00)
  for (let at = 0; at + 4 <= body.length; at += 4) {
    if (body[at] !== 0 || body[at + 1] !== 0) return ((body[at + 2]! & 0x1f) << 8) | body[at + 3]!
  }
  return undefined
}

function readProgramMap(payload: Uint8Array): { pid: number; streamType: number }[] {
  const body = sectionBody(payload, 0x02)
  const streams: { pid: number; streamType: number }[] = []
  let at = 4 + (((body[2] ?? 0) & 0x0f) << 8) + (body[3] ?? 0)
  while (at + 5 <= body.length) {
    const [streamType = 0, high = 0, low = 0, infoHigh = 0, infoLow = 0] = body.subarray(at, at + 5)
    streams.push({ streamType, pid: ((high & 0x1f) << 8) | low })
    at += 5 + (((infoHigh & 0x0f) << 8) | infoLow)
  }
  return streams
}
