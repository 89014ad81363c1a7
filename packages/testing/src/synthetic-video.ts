/** @module H.264 access units that parse, with a real parameter set and no real picture: for tests that do not decode. */
import { MpegTsMuxer } from '@tessera/media/container/mpegts-muxer'
import type { VideoUnit } from '@tessera/media/ingest/ingest-stream'
import { TICKS_PER_SECOND, ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'

export type SyntheticVideo = {
  /** Multiples of 2, at least 16. */
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly fps?: number
  /** 90 kHz. */
  readonly startPts?: number
  /** A keyframe each so many frames; default: only the first. */
  readonly gop?: number
}

const START_CODE = Uint8Array.of(0, 0, 0, 1)

export function syntheticUnits(video: SyntheticVideo): readonly VideoUnit[] {
  const { frames, fps = 30, startPts = 0, gop = frames } = video
  return Array.from({ length: frames }, (_, i): VideoUnit => {
    const pts = ticks90k(startPts + Math.round((i * TICKS_PER_SECOND) / fps))
    const isKeyframe = i % gop === 0
    const nals = isKeyframe
      ? [Uint8Array.of(0x09, 0x10), sps(video), Uint8Array.of(0x68, 0xce, 0x3c, 0x80), slice(0x65, i)]
      : [Uint8Array.of(0x09, 0x30), slice(0x41, i)]
    return {
      kind: 'video',
      pts,
      dts: pts,
      isKeyframe,
      data: concatBytes(...nals.flatMap((nal) => [START_CODE, nal])),
    }
  })
}

/** The units as one MPEG-TS segment. */
export function syntheticSegment(video: SyntheticVideo): Uint8Array {
  const muxer = new MpegTsMuxer({ audio: false })
  return concatBytes(muxer.start(), ...syntheticUnits(video).map((unit) => muxer.write(unit)))
}

function slice(header: number, i: number): Uint8Array {
  return Uint8Array.of(header, 0x88, 0x80 | (i & 0x3f), 0xff, 0xff)
}

/** H.264 7.3.2.1.1, Baseline, progressive, 4:2:0, cropped to the exact size. */
function sps(size: { readonly width: number; readonly height: number }): Uint8Array {
  const [mbWidth, mbHeight] = [Math.ceil(size.width / 16), Math.ceil(size.height / 16)]
  let bits = ''
  const u = (value: number, count: number): void => {
    bits += value.toString(2).padStart(count, '0')
  }
  const ue = (value: number): void => {
    const code = (value + 1).toString(2)
    bits += '0'.repeat(code.length - 1) + code
  }
  for (const value of [0, 0, 2, 1]) ue(value)
  u(0, 1)
  ue(mbWidth - 1)
  ue(mbHeight - 1)
  u(0b111, 3)
  for (const value of [0, (mbWidth * 16 - size.width) / 2, 0, (mbHeight * 16 - size.height) / 2]) ue(value)
  u(0b01, 2)
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0')
  const body = Array.from({ length: padded.length / 8 }, (_, i) =>
    Number.parseInt(padded.slice(8 * i, 8 * i + 8), 2),
  )
  return Uint8Array.of(0x67, 66, 0xc0, 30, ...escaped(body))
}

/** Emulation prevention, H.264 7.4.1. */
function escaped(body: readonly number[]): number[] {
  const out: number[] = []
  let zeros = 0
  for (const byte of body) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3)
      zeros = 0
    }
    out.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return out
}
