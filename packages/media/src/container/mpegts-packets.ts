/** @module Transport packets and program tables: which bytes belong to which elementary stream. */
import { joinBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { crc32Mpeg, HEADER_BYTES, PACKET_BYTES, PAT_PID, STREAM_TYPE, SYNC_BYTE } from './mpegts-format.ts'

/** The bytes of one PES packet, in pieces that are views on the input. */
export type ElementaryPacket = {
  readonly pid: number
  readonly streamType: number
  readonly parts: readonly Uint8Array[]
}

/** H.222.0 2.4.4.1: sections of the PAT and PMT have at most 1021 bytes after the length. */
const MAX_SECTION_BYTES = 1024

type Track = { readonly streamType: number; parts: Uint8Array[] | undefined }

/**
 * PES packets of the first H.264 and the first AAC stream of the first program, in order of their first byte.
 * @throws {MalformedError}
 */
export function readTransportPackets(bytes: Uint8Array): {
  packets: readonly ElementaryPacket[]
  continuityErrors: number
} {
  if (bytes.length === 0 || bytes.length % PACKET_BYTES !== 0) {
    throw new MalformedError('transport stream length', { bytes: bytes.length })
  }
  const reader = new PacketReader()
  for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
    reader.read(bytes.subarray(at, at + PACKET_BYTES), at)
  }
  return { packets: reader.packets, continuityErrors: reader.continuityErrors }
}

class PacketReader {
  readonly packets: ElementaryPacket[] = []
  continuityErrors = 0
  readonly #counters = new Map<number, number>()
  readonly #sections = new Map<number, Uint8Array>()
  #pmtPid: number | undefined
  #tracks: Map<number, Track> | undefined

  read(packet: Uint8Array, offset: number): void {
    const [sync, b1 = 0, b2 = 0, b3 = 0] = packet
    if (sync !== SYNC_BYTE) throw new MalformedError('transport packet', { offset, sync })
    if (b1 & 0x80 || b3 & 0xc0) throw new MalformedError('damaged or scrambled packet', { offset })
    const pid = ((b1 & 0x1f) << 8) | b2
    const track = this.#tracks?.get(pid)
    const isTable = pid === PAT_PID || pid === this.#pmtPid
    if (!track && !isTable) return
    const adaptation = b3 & 0x20 ? 1 + packet[HEADER_BYTES]! : 0
    if (HEADER_BYTES + adaptation > PACKET_BYTES) throw new MalformedError('adaptation field', { offset })
    if (!(b3 & 0x10)) return
    const isMarked = adaptation > 1 && (packet[HEADER_BYTES + 1]! & 0x80) !== 0
    if (!this.#isNext(pid, b3 & 15, isMarked)) return
    const payload = packet.subarray(HEADER_BYTES + adaptation)
    const isStart = (b1 & 0x40) !== 0
    if (track) this.#addPayload(pid, track, payload, isStart)
    else this.#addSection(pid, payload, isStart)
  }

  /** False for the one repetition that H.222.0 2.4.3.3 allows. */
  #isNext(pid: number, counter: number, isMarked: boolean): boolean {
    const last = this.#counters.get(pid)
    this.#counters.set(pid, counter)
    if (last === undefined || isMarked || counter === ((last + 1) & 15)) return true
    if (counter === last) return false
    this.continuityErrors++
    return true
  }

  #addPayload(pid: number, track: Track, payload: Uint8Array, isStart: boolean): void {
    if (isStart) {
      const parts: Uint8Array[] = []
      track.parts = parts
      this.packets.push({ pid, streamType: track.streamType, parts })
    }
    // Bytes before the first start belong to a unit whose beginning is not here.
    track.parts?.push(payload)
  }

  #addSection(pid: number, payload: Uint8Array, isStart: boolean): void {
    const begun = this.#sections.get(pid)
    if (!isStart && !begun) return
    const body = isStart ? payload.subarray(1 + (payload[0] ?? 0)) : payload
    const table = isStart || !begun ? body : joinBytes([begun, body])
    const length = table.length < 3 ? MAX_SECTION_BYTES : 3 + (((table[1]! & 0x0f) << 8) | table[2]!)
    if (length > MAX_SECTION_BYTES && table.length >= 3)
      throw new MalformedError('program table', { pid, length })
    if (table.length < length) {
      this.#sections.set(pid, table)
      return
    }
    this.#sections.delete(pid)
    this.#readTable(pid, table.subarray(0, length))
  }

  #readTable(pid: number, table: Uint8Array): void {
    if (table.length < 12 || crc32Mpeg(table) !== 0) throw new MalformedError('program table', { pid })
    const body = table.subarray(8, -4)
    if (pid === PAT_PID && table[0] === 0) this.#pmtPid ??= firstProgram(body)
    else if (pid === this.#pmtPid && table[0] === 2) this.#adoptTracks(body)
  }

  /** Tables are repeated, and may name a stream more later (audio that came late): known streams stay as they are. */
  #adoptTracks(body: Uint8Array): void {
    const tracks = this.#tracks ?? new Map<number, Track>()
    this.#tracks = tracks
    const known = new Set([...tracks.values()].map((track) => track.streamType))
    for (const { pid, streamType } of listStreams(body)) {
      const isWanted = streamType === STREAM_TYPE.h264 || streamType === STREAM_TYPE.aacAdts
      if (!isWanted || known.has(streamType)) continue
      known.add(streamType)
      tracks.set(pid, { streamType, parts: undefined })
    }
  }
}

/** PID of the program map of the first program; number 0 names the network table instead. */
function firstProgram(body: Uint8Array): number | undefined {
  for (let at = 0; at + 4 <= body.length; at += 4) {
    const isNetwork = body[at] === 0 && body[at + 1] === 0
    if (!isNetwork) return ((body[at + 2]! & 0x1f) << 8) | body[at + 3]!
  }
  return undefined
}

function listStreams(body: Uint8Array): { pid: number; streamType: number }[] {
  const streams: { pid: number; streamType: number }[] = []
  if (body.length < 4) return streams
  let at = 4 + (((body[2]! & 0x0f) << 8) | body[3]!)
  while (at + 5 <= body.length) {
    const [streamType = 0, pidHigh = 0, pidLow = 0, lengthHigh = 0, lengthLow = 0] = body.subarray(at, at + 5)
    streams.push({ streamType, pid: ((pidHigh & 0x1f) << 8) | pidLow })
    at += 5 + (((lengthHigh & 0x0f) << 8) | lengthLow)
  }
  return streams
}
