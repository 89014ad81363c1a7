import { ticks90k } from '@tessera/protocol/units'
import { fromHex, joinBytes } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withAdtsHeader } from '../codec/aac.ts'
import { joinAccessUnit } from '../codec/annexb.ts'
import { MpegTsMuxer } from '../container/mpegts-muxer.ts'
import type { AccessUnit } from '../ingest/ingest-stream.ts'
import { measureSegment } from './measure.ts'

const SPS_180P = fromHex('674d400deca0a0cfcf08000003000800000301e078a14cb0')
const SPS_1080P = fromHex('67640028acd940780227e5c044000003000400000300c83c60c658')
const PPS = fromHex('68ce0fc8')
const AAC = { objectType: 2, sampleRate: 48_000, channelConfig: 1 }

const picture = (pts: number, dts: number, sps?: Uint8Array): AccessUnit => ({
  kind: 'video',
  pts: ticks90k(pts),
  dts: ticks90k(dts),
  isKeyframe: sps !== undefined,
  data: joinAccessUnit(sps ? [sps, PPS] : [], [fromHex(sps ? '658801' : '419a02')]),
})

const sound = (pts: number): AccessUnit => ({
  kind: 'audio',
  pts: ticks90k(pts),
  data: withAdtsHeader(AAC, new Uint8Array(10)),
})

const segment = (...units: AccessUnit[]): Uint8Array => {
  const muxer = new MpegTsMuxer({ audio: true })
  return joinBytes([muxer.start(), ...units.map((unit) => muxer.write(unit))])
}

describe('measureSegment', () => {
  it('counts pictures, pixels and sound, and sorts times', () => {
    const bytes = segment(
      picture(6000, 0, SPS_180P),
      sound(0),
      picture(12_000, 3000),
      picture(9000, 6000),
      sound(1920),
    )
    expect(measureSegment(bytes)).toEqual({
      byteLength: bytes.length,
      frames: 3,
      keyframes: 1,
      startsWithKeyframe: true,
      width: 320,
      sampleAspect: 1,
      height: 180,
      pixels: 172_800n,
      firstPts: 6000,
      lastPts: 12_000,
      pts: [6000, 9000, 12_000],
      durationTicks: 9000,
      videoCodec: 'avc1.4d400d',
      audio: {
        frames: 2,
        sampleRate: 48_000,
        channels: 1,
        firstPts: 0,
        lastPts: 1920,
        durationTicks: 3840,
        codec: 'mp4a.40.2',
      },
      continuityErrors: 0,
    })
  })

  it('refuses what could make a peer be paid for pixels that are not there', () => {
    const empty: AccessUnit = { ...picture(3000, 3000), data: joinAccessUnit([], [fromHex('0605')]) }
    expect(() => measureSegment(segment(picture(0, 0, SPS_180P), empty))).toThrow('without a picture')
    expect(() => measureSegment(segment(picture(0, 0, SPS_180P), picture(0, 0)))).toThrow(
      'repeated picture time',
    )
    expect(() => measureSegment(segment(picture(0, 0, SPS_180P), picture(3000, 3000, SPS_1080P)))).toThrow(
      'changes',
    )
    expect(() => measureSegment(segment(picture(0, 0)))).toThrow('sequence parameter set')
    expect(() => measureSegment(segment(sound(0)))).toThrow('without video')
    expect(() => measureSegment(new Uint8Array(188))).toThrow('transport packet')
    expect(() => measureSegment(new Uint8Array())).toThrow('transport stream length')
  })

  it('never answers damaged bytes with anything but MalformedError', () => {
    const valid = segment(picture(0, 0, SPS_180P), sound(0), picture(3000, 3000))
    const damage = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = valid.slice()
        for (const [at, value] of changes) bytes[at] = value
        try {
          measureSegment(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED' })
        }
      }),
      { seed: 14, numRuns: 2000 },
    )
  })
})
