import { ticks90k } from '@tessera/protocol/units'
import { joinBytes } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withAdtsHeader } from '../codec/aac.ts'
import { joinAccessUnit } from '../codec/annexb.ts'
import type { AccessUnit } from '../ingest/ingest-stream.ts'
import { demuxMpegTs } from './mpegts-demuxer.ts'
import { crc32Mpeg, PACKET_BYTES } from './mpegts-format.ts'
import { MpegTsMuxer } from './mpegts-muxer.ts'

const AAC = { objectType: 2, sampleRate: 48_000, channelConfig: 2 }

function video(dts: number, size: number, options: { key?: boolean; delay?: number } = {}): AccessUnit {
  const nal = new Uint8Array(size).fill(0x55)
  nal[0] = options.key ? 0x65 : 0x41
  return {
    kind: 'video',
    dts: ticks90k(dts),
    pts: ticks90k(dts + (options.delay ?? 0)),
    isKeyframe: options.key ?? false,
    data: joinAccessUnit([], [nal]),
  }
}

const audio = (pts: number, size: number): AccessUnit => ({
  kind: 'audio',
  pts: ticks90k(pts),
  data: withAdtsHeader(AAC, new Uint8Array(size).fill(0x21)),
})

function mux(units: readonly AccessUnit[]): Uint8Array {
  const muxer = new MpegTsMuxer({ audio: true })
  return joinBytes([muxer.start(), ...units.map((unit) => muxer.write(unit))])
}

describe('crc32Mpeg', () => {
  it('gives the check value of CRC-32/MPEG-2', () => {
    expect(crc32Mpeg(new TextEncoder().encode('123456789'))).toBe(0x0376e6e7)
  })
})

describe('transport stream', () => {
  it('writes the tables byte for byte as H.222.0 lays them out', () => {
    const tables = new MpegTsMuxer({ audio: true }).start()
    const hex = (from: number, to: number) => Buffer.from(tables.subarray(from, to)).toString('hex')
    expect(tables.length).toBe(2 * PACKET_BYTES)
    expect(hex(0, 21)).toBe('4740001000' + '00b00d0001c100000001f000' + '2ab104b2')
    expect(hex(188, 188 + 31)).toBe(
      '4750001000' + '02b0170001c10000e100f0001be100f0000fe101f000' + '2f44b99b',
    )
  })

  it('gives back every unit of any size with its exact times', () => {
    const unit = fc.oneof(
      fc.record({ kind: fc.constant('v'), size: fc.integer({ min: 2, max: 2000 }), delay: fc.nat(9000) }),
      fc.record({ kind: fc.constant('a'), size: fc.integer({ min: 1, max: 800 }), delay: fc.constant(0) }),
    )
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 20 }), fc.nat(2 ** 33 - 1), (specs, start) => {
        const units = specs.map((spec, i) =>
          spec.kind === 'v'
            ? video(start + i * 3003, spec.size, { key: i % 5 === 0, delay: spec.delay })
            : audio(start + i * 3003, spec.size),
        )
        const back = demuxMpegTs(mux(units))
        expect(back.video).toEqual(units.filter((u) => u.kind === 'video'))
        expect(back.audio).toEqual(units.filter((u) => u.kind === 'audio'))
        expect(back.continuityErrors).toBe(0)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('keeps continuity counters running across the pieces of one muxer', () => {
    const muxer = new MpegTsMuxer({ audio: false })
    const pieces = [0, 1, 2].map((i) =>
      joinBytes([muxer.start(), muxer.write(video(i * 3000, 5000, { key: true }))]),
    )
    expect(demuxMpegTs(joinBytes(pieces)).continuityErrors).toBe(0)
  })

  it('counts packets that are missing', () => {
    const bytes = mux([video(0, 5000, { key: true }), video(3000, 100)])
    const cut = joinBytes([bytes.subarray(0, 5 * PACKET_BYTES), bytes.subarray(6 * PACKET_BYTES)])
    const damaged = (): number => demuxMpegTs(cut).continuityErrors
    // The packet's declared length no longer fits its bytes, which is refused before anything is counted.
    expect(damaged).toThrow('PES packet header')
  })

  it('takes several AAC frames of one packet apart', () => {
    const frames = [audio(0, 100), audio(1920, 120), audio(3840, 90)]
    const packed: AccessUnit = { kind: 'audio', pts: ticks90k(0), data: joinBytes(frames.map((f) => f.data)) }
    expect(demuxMpegTs(mux([packed])).audio).toEqual(frames)
  })

  it('never answers damaged bytes with anything but MalformedError', () => {
    const valid = mux([
      video(0, 900, { key: true, delay: 3000 }),
      audio(0, 300),
      video(3000, 200),
      audio(1920, 200),
    ])
    const damage = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = valid.slice()
        for (const [at, value] of changes) bytes[at] = value
        try {
          demuxMpegTs(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED' })
        }
      }),
      { seed: 2, numRuns: 2000 },
    )
  })
})
