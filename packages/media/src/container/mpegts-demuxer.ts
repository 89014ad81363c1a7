/** @module MPEG-2 transport stream to access units. Reads what a peer delivered, so it trusts nothing in it. */

import { type Ticks90k, ticks90k } from '@tessera/protocol/units'
import { joinBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { AAC_FRAME_SAMPLES, readAdtsHeader } from '../codec/aac.ts'
import { NAL, nalType, splitAnnexB } from '../codec/annexb.ts'
import type { AudioUnit, VideoUnit } from '../ingest/ingest-stream.ts'
import { STREAM_TYPE, TIMESTAMP_MODULUS } from './mpegts-format.ts'
import { type ElementaryPacket, readTransportPackets } from './mpegts-packets.ts'

export type DemuxedMpegTs = {
  /** In the order of the stream, which is decoding order. */
  readonly video: readonly VideoUnit[]
  readonly audio: readonly AudioUnit[]
  /** Packets lost or out of order. 0 in anything that was not damaged. */
  readonly continuityErrors: number
}

/**
 * The first H.264 and the first AAC (ADTS) stream of the first program. Every PES packet of video must hold one access
 * unit, as HLS and every muxer in use have it; packets of several AAC frames are taken apart. Times past the 33-bit
 * wrap go on rising. Work and memory are linear in `bytes`.
 * @throws {MalformedError}
 */
export function demuxMpegTs(bytes: Uint8Array): DemuxedMpegTs {
  const { packets, continuityErrors } = readTransportPackets(bytes)
  const video: VideoUnit[] = []
  const audio: AudioUnit[] = []
  const unwrap = timestampUnwrapper()
  for (const packet of packets) {
    const pes = parsePes(packet)
    if (packet.streamType === STREAM_TYPE.h264) video.push(videoUnit(pes, unwrap))
    else for (const unit of audioUnits(pes, unwrap)) audio.push(unit)
  }
  return { video, audio, continuityErrors }
}

type Pes = { readonly pts: number; readonly dts: number; readonly data: Uint8Array }

/** H.222.0 2.4.3.6. */
function parsePes(packet: ElementaryPacket): Pes {
  const bytes = packet.parts.length === 1 ? packet.parts[0]! : joinBytes(packet.parts)
  const facts = { pid: packet.pid, bytes: bytes.length }
  const isStart = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 1
  if (bytes.length < 14 || !isStart) throw new MalformedError('PES packet start', facts)
  const length = (bytes[4]! << 8) | bytes[5]!
  const flags = bytes[7]! >> 6
  const headerEnd = 9 + bytes[8]!
  const end = length === 0 ? bytes.length : 6 + length
  if (flags < 2 || headerEnd > end || end > bytes.length || headerEnd < (flags === 3 ? 19 : 14)) {
    throw new MalformedError('PES packet header', { ...facts, length, flags })
  }
  const pts = readTimestamp(bytes, 9)
  const dts = flags === 3 ? readTimestamp(bytes, 14) : pts
  return { pts, dts, data: bytes.subarray(headerEnd, end) }
}

function readTimestamp(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(at, at + 5)
  return ((a >> 1) & 7) * 2 ** 30 + (b << 22) + ((c >> 1) << 15) + (d << 7) + (e >> 1)
}

/** Ticks near the first ones seen, so that a wrap inside a segment does not show. */
function timestampUnwrapper(): (ticks: number) => number {
  let reference: number | undefined
  return (ticks) => {
    reference ??= ticks
    const half = TIMESTAMP_MODULUS / 2
    const ahead = (ticks - reference + half + TIMESTAMP_MODULUS) % TIMESTAMP_MODULUS
    return reference + ahead - half
  }
}

function videoUnit(pes: Pes, unwrap: (ticks: number) => number): VideoUnit {
  const dts: Ticks90k = ticks90k(unwrap(pes.dts))
  const pts: Ticks90k = ticks90k(unwrap(pes.pts))
  if (pts < dts) throw new MalformedError('presentation before decoding', { pts, dts })
  const isKeyframe = splitAnnexB(pes.data).some((nal) => nalType(nal) === NAL.idr)
  return { kind: 'video', pts, dts, isKeyframe, data: pes.data }
}

/** FFmpeg puts several AAC frames in one PES packet; only the first has its time written. */
function audioUnits(pes: Pes, unwrap: (ticks: number) => number): AudioUnit[] {
  const start = unwrap(pes.pts)
  const units: AudioUnit[] = []
  for (let offset = 0; offset < pes.data.length; ) {
    const header = readAdtsHeader(pes.data, offset)
    const elapsed = Math.round((units.length * AAC_FRAME_SAMPLES * 90_000) / header.sampleRate)
    const data = pes.data.subarray(offset, offset + header.frameBytes)
    units.push({ kind: 'audio', pts: ticks90k(start + elapsed), data })
    offset += header.frameBytes
  }
  return units
}
