/** @module Access units to an MPEG-2 transport stream (H.222.0), one piece at a time. */
import { bigintToBytes, concatBytes } from '@tessera/runtime/bytes'
import type { AccessUnit } from '../ingest/ingest-stream.ts'
import {
  crc32Mpeg,
  HEADER_BYTES,
  PACKET_BYTES,
  PAT_PID,
  STREAM_TYPE,
  SYNC_BYTE,
  TIMESTAMP_MODULUS,
} from './mpegts-format.ts'

const PMT_PID = 0x1000
const VIDEO_PID = 0x100
const AUDIO_PID = 0x101
const VIDEO_STREAM_ID = 0xe0
const AUDIO_STREAM_ID = 0xc0
const PAYLOAD_BYTES = PACKET_BYTES - HEADER_BYTES

/**
 * One program with H.264 and, if any, AAC. Continuity counters run on over all that one muxer writes, so that the
 * joined pieces are one valid stream.
 *
 * Times are written as they are, modulo 2^33, without an offset: who reads the stream gets the stream's own clock. The
 * PCR of a picture is its DTS; it is written with every picture, so that a segment never depends on another's clock.
 */
export class MpegTsMuxer {
  readonly #counters = new Map<number, number>()
  #hasAudio: boolean
  #version = 0

  constructor(tracks: { readonly audio: boolean }) {
    this.#hasAudio = tracks.audio
  }

  /** From the next `start` on the tables list an audio track. For streams whose audio comes late. */
  addAudio(): void {
    if (this.#hasAudio) return
    this.#hasAudio = true
    this.#version = (this.#version + 1) % 32
  }

  /** The program tables: first in a file or segment. */
  start(): Uint8Array {
    const pat = [0x00, 0x01, 0xe0 | (PMT_PID >> 8), PMT_PID & 0xff]
    const tracks = [stream(STREAM_TYPE.h264, VIDEO_PID)]
    if (this.#hasAudio) tracks.push(stream(STREAM_TYPE.aacAdts, AUDIO_PID))
    const pmt = [0xe0 | (VIDEO_PID >> 8), VIDEO_PID & 0xff, 0xf0, 0x00, ...tracks.flat()]
    return concatBytes(
      this.#tablePacket(PAT_PID, section(0x00, 0, pat)),
      this.#tablePacket(PMT_PID, section(0x02, this.#version, pmt)),
    )
  }

  /** The PES packet of one unit, cut into transport packets. */
  write(unit: AccessUnit): Uint8Array {
    const isVideo = unit.kind === 'video'
    const dts = isVideo ? unit.dts : unit.pts
    return this.#packets({
      pid: isVideo ? VIDEO_PID : AUDIO_PID,
      pes: pesHeader(isVideo ? VIDEO_STREAM_ID : AUDIO_STREAM_ID, unit.pts, dts, unit.data.length),
      data: unit.data,
      adaptation: adaptationField(isVideo ? dts : undefined, !isVideo || unit.isKeyframe),
    })
  }

  #packets(from: {
    pid: number
    pes: Uint8Array
    data: Uint8Array
    adaptation: readonly number[]
  }): Uint8Array {
    const { pid, pes, data } = from
    const total = pes.length + data.length
    const first = from.adaptation.length
    const count = Math.ceil((first + total) / PAYLOAD_BYTES)
    const out = new Uint8Array(count * PACKET_BYTES)
    let sent = 0
    for (let at = 0; at < out.length; at += PACKET_BYTES) {
      const isFirst = at === 0
      const room = PAYLOAD_BYTES - (isFirst ? first : 0)
      const size = Math.min(room, total - sent)
      // Nearly all packets are neither first nor last: they carry payload alone.
      const field = isFirst || size < room ? withStuffing(isFirst ? from.adaptation : [], room - size) : []
      this.#writeHeader(out, at, pid, isFirst, field.length > 0)
      out.set(field, at + HEADER_BYTES)
      const payloadAt = at + PACKET_BYTES - size
      const ofPes = Math.max(0, Math.min(size, pes.length - sent))
      if (ofPes > 0) out.set(pes.subarray(sent, sent + ofPes), payloadAt)
      const dataFrom = sent + ofPes - pes.length
      out.set(data.subarray(dataFrom, dataFrom + size - ofPes), payloadAt + ofPes)
      sent += size
    }
    return out
  }

  #tablePacket(pid: number, table: Uint8Array): Uint8Array {
    const packet = new Uint8Array(PACKET_BYTES).fill(0xff)
    this.#writeHeader(packet, 0, pid, true, false)
    packet[HEADER_BYTES] = 0
    packet.set(table, HEADER_BYTES + 1)
    return packet
  }

  #writeHeader(out: Uint8Array, at: number, pid: number, isStart: boolean, hasAdaptation: boolean): void {
    const counter = this.#counters.get(pid) ?? 0
    this.#counters.set(pid, (counter + 1) & 15)
    out[at] = SYNC_BYTE
    out[at + 1] = (isStart ? 0x40 : 0) | (pid >> 8)
    out[at + 2] = pid & 0xff
    out[at + 3] = (hasAdaptation ? 0x30 : 0x10) | counter
  }
}

/** One entry of the program map, without descriptors. */
const stream = (type: number, pid: number): number[] => [type, 0xe0 | (pid >> 8), pid & 0xff, 0xf0, 0x00]

/** Program 1 / transport stream 1, the only section of its table. */
function section(tableId: number, version: number, body: readonly number[]): Uint8Array {
  const length = 5 + body.length + 4
  const table = Uint8Array.of(
    tableId,
    0xb0 | (length >> 8),
    length & 0xff,
    0x00,
    0x01,
    0xc1 | (version << 1),
    0,
    0,
    ...body,
  )
  return concatBytes(table, bigintToBytes(BigInt(crc32Mpeg(table)), 4))
}

function pesHeader(streamId: number, pts: number, dts: number, dataBytes: number): Uint8Array {
  const hasDts = dts !== pts
  const times = hasDts ? [...timestamp(3, pts), ...timestamp(1, dts)] : timestamp(2, pts)
  const length = 3 + times.length + dataBytes
  // H.222.0 2.4.3.7: 0 means "until the next one", for video only; audio frames always fit.
  const written = length > 0xffff ? 0 : length
  const flags = hasDts ? 0xc0 : 0x80
  // 0x84: data alignment, the payload starts with a start of an access unit.
  return Uint8Array.of(0, 0, 1, streamId, written >> 8, written & 0xff, 0x84, flags, times.length, ...times)
}

/** 33 bits in five bytes with marker bits, H.222.0 2.4.3.6. */
function timestamp(prefix: number, ticks: number): number[] {
  const value = modulo(ticks)
  const high = Math.floor(value / 2 ** 30)
  const low = value % 2 ** 30
  return [
    (prefix << 4) | (high << 1) | 1,
    low >> 22,
    ((low >> 14) & 0xfe) | 1,
    (low >> 7) & 0xff,
    ((low << 1) & 0xfe) | 1,
  ]
}

/** Length byte, flags, and the PCR if one is given (base of 33 bits, extension 0). */
function adaptationField(pcr: number | undefined, isRandomAccess: boolean): number[] {
  const random = isRandomAccess ? 0x40 : 0
  if (pcr === undefined) return [1, random]
  const base = modulo(pcr)
  const top = Math.floor(base / 2)
  return [
    7,
    random | 0x10,
    (top >>> 24) & 0xff,
    (top >>> 16) & 0xff,
    (top >>> 8) & 0xff,
    top & 0xff,
    ((base % 2) << 7) | 0x7e,
    0,
  ]
}

/** An adaptation field of the given bytes, made longer by `stuffing`; one byte is the length byte alone. */
function withStuffing(field: readonly number[], stuffing: number): number[] {
  if (stuffing === 0) return [...field]
  const [, ...content] = field.length > 0 ? field : stuffing > 1 ? [0, 0] : [0]
  const length = field.length + stuffing - 1
  return [length, ...content, ...Array<number>(length - content.length).fill(0xff)]
}

const modulo = (ticks: number): number =>
  ((ticks % TIMESTAMP_MODULUS) + TIMESTAMP_MODULUS) % TIMESTAMP_MODULUS
