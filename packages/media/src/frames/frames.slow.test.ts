import { ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import { describe, expect, it } from 'vitest'
import { measureSegment } from '../verify/measure.ts'
import { FrameDecoder } from './decoder.ts'
import { FrameEncoder } from './encoder.ts'
import type { DecodedUnit, EncodedChunk, Picture, PictureFormat } from './picture.ts'

const SIZE = { width: 320, height: 180 } as const

/** A plain colour that tells the pictures apart: brightness rises by 4 a picture. */
function picture(index: number, pts: number, format: PictureFormat): Picture {
  const { width, height } = SIZE
  const level = 40 + index * 4
  const data = new Uint8Array(width * height * (format === 'rgb24' ? 3 : 1.5)).fill(level)
  if (format === 'i420') data.fill(128, width * height)
  return { ...SIZE, pts: ticks90k(pts), format, data }
}

/** Irregular times, as a camera has them. */
const TIMES = Array.from({ length: 40 }, (_, i) => 123_456 + i * 3000 + (i % 3) * 7)

/** ADTS, 48 kHz stereo, with a payload nobody decodes here. */
const audioFrame = (fill: number): Uint8Array => {
  const frame = new Uint8Array(100).fill(fill)
  frame.set([0xff, 0xf1, 0x4c, 0x80, 100 >> 3, ((100 & 7) << 5) | 0x1f, 0xfc])
  return frame
}

function encodeAll(format: PictureFormat): EncodedChunk[] {
  using encoder = new FrameEncoder({ ...SIZE, format, fps: 30, bitrateBps: 500_000, audio: true })
  const chunks = TIMES.flatMap((pts, index) => {
    const out = encoder.encode(picture(index, pts, format), { keyframe: index % 10 === 0 })
    expect(out).toHaveLength(1)
    return [...out, ...encoder.audio({ pts: ticks90k(pts + 5), data: audioFrame(index) })]
  })
  return [...chunks, ...encoder.flush()]
}

function decodeAll(bytes: Uint8Array, pieceBytes: number, format: PictureFormat): DecodedUnit[] {
  using decoder = new FrameDecoder({ width: 64, height: 48, format })
  const units: DecodedUnit[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    units.push(...decoder.push(bytes.subarray(at, at + pieceBytes)))
  }
  return [...units, ...decoder.flush()]
}

describe.each(['rgb24', 'i420'] as const)('frames as %s', (format) => {
  const chunks = encodeAll(format)
  const bytes = concatBytes(...chunks.map((chunk) => chunk.bytes))
  const units = decodeAll(bytes, 1000, format)
  const pictures = units.flatMap((unit) => (unit.kind === 'video' ? [unit.picture] : []))

  it('come back with their times tick for tick, in the size asked for', () => {
    expect(pictures.map(({ pts }) => pts)).toEqual(TIMES)
    for (const { width, height, data } of pictures) {
      expect([width, height]).toEqual([64, 48])
      expect(data).toHaveLength(64 * 48 * (format === 'rgb24' ? 3 : 1.5))
    }
  })

  it('come back in order and with their content', () => {
    const centre = format === 'rgb24' ? (24 * 64 + 32) * 3 : 24 * 64 + 32
    pictures.forEach(({ data }, index) => {
      expect(Math.abs(data[centre]! - (40 + index * 4))).toBeLessThan(12)
    })
  })

  it('let the audio through byte for byte', () => {
    const audio = units.flatMap((unit) => (unit.kind === 'audio' ? [unit.packet] : []))
    expect(audio.map(({ pts }) => pts)).toEqual(TIMES.map((pts) => pts + 5))
    expect(audio.map(({ data }) => data)).toEqual(TIMES.map((_, index) => audioFrame(index)))
  })

  it('can be cut into segments where a keyframe was asked for', () => {
    const cuts = chunks.flatMap((chunk, index) => (chunk.isCutPoint ? [index] : []))
    expect(cuts).toHaveLength(4)
    const second = concatBytes(...chunks.slice(cuts[1], cuts[2]).map((chunk) => chunk.bytes))
    expect(measureSegment(second)).toMatchObject({
      frames: 10,
      keyframes: 1,
      startsWithKeyframe: true,
      ...SIZE,
    })
  })
})

describe('FrameEncoder', () => {
  it('refuses a picture of another size', () => {
    using encoder = new FrameEncoder({ ...SIZE, format: 'rgb24', fps: 25, bitrateBps: 1e6, audio: false })
    const wrong = { ...picture(0, 0, 'rgb24'), width: 318 }
    expect(() => encoder.encode(wrong)).toThrow(expect.objectContaining({ code: 'MALFORMED' }))
  })
})
