import { concatBytes, fromHex, toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aacCodecString,
  channelCount,
  parseAudioSpecificConfig,
  readAdtsHeader,
  withAdtsHeader,
} from './aac.ts'
import { nalType, splitAnnexB } from './annexb.ts'
import { H264Repackager } from './h264.ts'
import { avcCodecString, parseSps } from './sps.ts'

const SPS_180P = fromHex('674d400deca0a0cfcf08000003000800000301e078a14cb0')
const SPS_1080P = fromHex('67640028acd940780227e5c044000003000400000300c83c60c658')
const PPS = fromHex('68ce0fc8')

const record = (sps: Uint8Array): Uint8Array =>
  concatBytes(
    fromHex('014d400dffe1'),
    Uint8Array.of(0, sps.length),
    sps,
    Uint8Array.of(1, 0, PPS.length),
    PPS,
  )

const sample = (...nals: readonly Uint8Array[]): Uint8Array =>
  concatBytes(...nals.flatMap((nal) => [Uint8Array.of(0, 0, 0, nal.length), nal]))

const IDR = fromHex('658801')
const SLICE = fromHex('419a02')

const types = (unit: { data: Uint8Array } | undefined): number[] =>
  splitAnnexB(unit?.data ?? SLICE).map(nalType)

const onlyMalformed = (parse: () => unknown): void => {
  try {
    parse()
  } catch (error) {
    expect(['MALFORMED', 'AAC_UNSUPPORTED']).toContain((error as { code?: string }).code)
  }
}

describe('parseSps', () => {
  it('reads size after cropping, and timing', () => {
    expect(parseSps(SPS_180P)).toMatchObject({
      width: 320,
      height: 180,
      timing: { unitsInTick: 1, timeScale: 60 },
    })
    expect(parseSps(SPS_1080P)).toMatchObject({
      width: 1920,
      height: 1080,
      timing: { unitsInTick: 1, timeScale: 50 },
    })
  })

  it('reads the shape of a sample: square, from the table, or written out', () => {
    const timing = { unitsInTick: 1, timeScale: 30 }
    expect(parseSps(SPS_180P)).toMatchObject({ sampleAspect: 1 })
    const listed = fromHex('6742c00cda0507ec3840000003004000000783c50aa8')
    expect(parseSps(listed)).toMatchObject({ width: 320, height: 240, sampleAspect: 4 / 3, timing })
    const written = fromHex('6742c00cda0507effc0094007c40000003004000000783c50aa8')
    expect(parseSps(written)).toMatchObject({ sampleAspect: 37 / 31, timing })
  })

  it('gives the codec string of RFC 6381', () => {
    expect(avcCodecString(parseSps(SPS_180P))).toBe('avc1.4d400d')
    expect(avcCodecString(parseSps(SPS_1080P))).toBe('avc1.640028')
  })

  it('never answers noise with anything but MalformedError', () => {
    const header = fc.constantFrom(fromHex('6742001e'), fromHex('67640028'), fromHex('67f4000d'))
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 60 }), (start, noise) =>
        onlyMalformed(() => parseSps(concatBytes(start, noise))),
      ),
      { seed: 7, numRuns: 3000 },
    )
  })
})

describe('splitAnnexB', () => {
  it('takes start codes of three and four bytes and drops trailing zeros', () => {
    const nals = splitAnnexB(fromHex('0000000109f0' + '000001' + '6588' + '0000' + '00000001' + '419a'))
    expect(nals.map(toHex)).toEqual(['0x09f0', '0x6588', '0x419a'])
    expect(splitAnnexB(fromHex('00000000'))).toEqual([])
  })

  it('gives back what was joined', () => {
    const nal = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => bytes.map((byte) => byte | 1))
    fc.assert(
      fc.property(fc.array(nal, { maxLength: 10 }), fc.boolean(), (nals, isLong) => {
        const code = isLong ? fromHex('00000001') : fromHex('000001')
        expect(splitAnnexB(concatBytes(...nals.flatMap((bytes) => [code, bytes])))).toEqual(nals)
      }),
      { seed: 8, numRuns: 300 },
    )
  })
})

describe('H264Repackager', () => {
  it('puts a delimiter first and the parameter sets before each keyframe', () => {
    const h264 = new H264Repackager()
    h264.configure(record(SPS_180P))
    expect(types(h264.convert(sample(IDR)))).toEqual([9, 7, 8, 5])
    expect(types(h264.convert(sample(SLICE)))).toEqual([9, 1])
    expect(h264.convert(sample(IDR))).toMatchObject({ isKeyframe: true, haveParametersChanged: false })
  })

  it('does not repeat parameter sets and delimiters that the encoder sends itself', () => {
    const h264 = new H264Repackager()
    h264.configure(record(SPS_180P))
    expect(types(h264.convert(sample(fromHex('09f0'), SPS_180P, PPS, IDR)))).toEqual([9, 7, 8, 5])
    expect(types(h264.convert(sample(PPS, IDR)))).toEqual([9, 7, 8, 5])
  })

  it('marks the first keyframe after the parameter sets changed', () => {
    const h264 = new H264Repackager()
    h264.configure(record(SPS_180P))
    h264.convert(sample(IDR))
    h264.configure(record(SPS_1080P))
    expect(h264.convert(sample(SLICE))?.haveParametersChanged).toBe(false)
    expect(h264.convert(sample(IDR))?.haveParametersChanged).toBe(true)
    expect(h264.convert(sample(SPS_180P, PPS, IDR))?.haveParametersChanged).toBe(true)
    expect(h264.sps?.width).toBe(320)
  })

  it('ignores samples without a picture, and refuses damaged ones', () => {
    const h264 = new H264Repackager()
    h264.configure(record(SPS_180P))
    expect(h264.convert(sample(fromHex('0605')))).toBeUndefined()
    expect(() => h264.convert(fromHex('000000ff6588'))).toThrow('H.264 sample')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        onlyMalformed(() => h264.convert(noise))
        onlyMalformed(() => new H264Repackager().configure(concatBytes(Uint8Array.of(1), noise)))
      }),
      { seed: 9, numRuns: 1000 },
    )
  })
})

describe('AAC', () => {
  it('reads configurations of AAC-LC and HE-AAC', () => {
    const lc = parseAudioSpecificConfig(fromHex('1190'))
    expect(lc).toEqual({ objectType: 2, sampleRate: 48_000, channelConfig: 2 })
    expect(aacCodecString(lc)).toBe('mp4a.40.2')
    expect(channelCount({ ...lc, channelConfig: 7 })).toBe(8)
    // HE-AAC: 24 kHz core, SBR to 48 kHz, mono.
    expect(parseAudioSpecificConfig(fromHex('2b0988'))).toMatchObject({
      objectType: 2,
      sampleRate: 24_000,
      channelConfig: 1,
    })
  })

  it('writes ADTS headers that say what the configuration said', () => {
    const config = { objectType: 2, sampleRate: 44_100, channelConfig: 2 }
    const frame = withAdtsHeader(config, new Uint8Array(364))
    expect(toHex(frame.subarray(0, 7))).toBe('0xfff150802e7ffc')
    expect(readAdtsHeader(frame, 0)).toEqual({ ...config, frameBytes: 371 })
  })

  it('refuses what ADTS cannot carry, and damage', () => {
    expect(() => parseAudioSpecificConfig(fromHex('1180'))).toThrow('channel configuration 0')
    expect(() => parseAudioSpecificConfig(fromHex('11'))).toThrow('AAC configuration')
    expect(() =>
      withAdtsHeader({ objectType: 2, sampleRate: 48_000, channelConfig: 2 }, new Uint8Array(9000)),
    ).toThrow('AAC frame')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (noise) => {
        onlyMalformed(() => parseAudioSpecificConfig(noise))
        onlyMalformed(() => readAdtsHeader(noise, 0))
      }),
      { seed: 10, numRuns: 2000 },
    )
  })
})
