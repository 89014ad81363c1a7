import { ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MpegTsMuxer } from '../container/mpegts-muxer.ts'
import type { AccessUnit } from '../ingest/ingest-stream.ts'
import { type ElementaryUnit, TsStreamReader } from './ts-stream-reader.ts'

const video = (pts: number, bytes: number): AccessUnit => ({
  kind: 'video',
  pts: ticks90k(pts),
  dts: ticks90k(pts),
  isKeyframe: pts === 0,
  data: Uint8Array.from({ length: bytes }, (_, i) => (i * 7 + pts) & 255),
})
const audio = (pts: number, bytes: number): AccessUnit => ({
  kind: 'audio',
  pts: ticks90k(pts),
  data: new Uint8Array(bytes).fill(9),
})
const UNITS = [video(0, 70_000), audio(1, 400), video(3600, 100), audio(1921, 5), video(7200, 1)]

function stream(units: readonly AccessUnit[]): Uint8Array {
  const muxer = new MpegTsMuxer({ audio: true })
  return concatBytes(muxer.start(), ...units.map((unit) => muxer.write(unit)))
}

function readAll(bytes: Uint8Array, sizes: Iterable<number>): ElementaryUnit[] {
  const reader = new TsStreamReader()
  const units: ElementaryUnit[] = []
  let at = 0
  for (const size of sizes) {
    // A buffer that is overwritten afterwards, as a socket's may be.
    const piece = bytes.slice(at, at + size)
    units.push(...reader.push(piece))
    piece.fill(0)
    at += size
  }
  return [...units, ...reader.push(bytes.subarray(at)), ...reader.flush()]
}

const contents = (units: readonly (ElementaryUnit | AccessUnit)[]) =>
  units.map(({ kind, pts, data }) => ({ kind, pts, data })).sort((a, b) => a.pts - b.pts)

describe('TsStreamReader', () => {
  it('gives back every unit wherever the bytes are cut', () => {
    const bytes = stream(UNITS)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 }), (sizes) => {
        expect(contents(readAll(bytes, sizes))).toEqual(contents(UNITS))
      }),
      { seed: 1, numRuns: 30 },
    )
  })

  it('delivers a picture of known length without waiting for the next one', () => {
    const reader = new TsStreamReader()
    expect(reader.push(stream([video(0, 3000)]))).toHaveLength(1)
  })

  it('finds its way back after bytes that are no transport stream', () => {
    const muxer = new MpegTsMuxer({ audio: true })
    const head = concatBytes(muxer.start(), muxer.write(video(0, 50)))
    const tail = muxer.write(video(3600, 60))
    const units = readAll(concatBytes(head, new Uint8Array(77).fill(1), tail), [])
    expect(units.map((unit) => unit.pts)).toEqual([0, 3600])
  })

  it('drops a picture of which a packet is missing, and no other', () => {
    const bytes = stream([video(0, 1000), video(3600, 1000), video(7200, 1000)])
    // Tables are two packets, each picture takes six: this is inside the second picture.
    const lost = concatBytes(bytes.subarray(0, 10 * 188), bytes.subarray(11 * 188))
    expect(readAll(lost, []).map((unit) => unit.pts)).toEqual([0, 7200])
  })

  it('refuses video that is not H.264 by code', () => {
    const bytes = stream([])
    const map = bytes.subarray(188)
    const at = map.indexOf(0x1b)
    map[at] = 0x24
    expect(() => new TsStreamReader().push(bytes)).toThrow(
      expect.objectContaining({ code: 'FRAMES_UNSUPPORTED_CODEC' }),
    )
  })

  it('never fails otherwise, whatever the bytes', () => {
    const bytes = stream(UNITS)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 40 }),
        (mutations) => {
          const damaged = bytes.slice()
          for (const [at, byte] of mutations) damaged[at] = byte
          try {
            readAll(damaged, [500])
          } catch (error) {
            expect(error).toMatchObject({ code: 'FRAMES_UNSUPPORTED_CODEC' })
          }
        },
      ),
      { seed: 2, numRuns: 100 },
    )
  })
})
