import type { Segment } from '@tessera/protocol/segment'
import { ticks90k } from '@tessera/protocol/units'
import { joinBytes } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withAdtsHeader } from '../codec/aac.ts'
import { joinAccessUnit } from '../codec/annexb.ts'
import { demuxMpegTs } from '../container/mpegts-demuxer.ts'
import type { AccessUnit, VideoUnit } from './ingest-stream.ts'
import { Segmenter, type SegmenterConfig } from './segmenter.ts'

const CONFIG: SegmenterConfig = { manifestId: 'live', targetMs: 2000, maxMs: 8000, maxBytes: 1_000_000 }

const video = (ms: number, isKeyframe: boolean, change: Partial<VideoUnit> = {}): VideoUnit => ({
  kind: 'video',
  pts: ticks90k(ms * 90),
  dts: ticks90k(ms * 90),
  isKeyframe,
  data: joinAccessUnit([], [new Uint8Array(50).fill(isKeyframe ? 0x65 : 0x41)]),
  ...change,
})

const audio = (ms: number): AccessUnit => ({
  kind: 'audio',
  pts: ticks90k(Math.round(ms * 90)),
  data: withAdtsHeader({ objectType: 2, sampleRate: 48_000, channelConfig: 2 }, new Uint8Array(20).fill(1)),
})

/** Pictures at 25 per second with a keyframe every `gop`, and sound, in order of decoding. */
function stream(pictures: number, gop: number): AccessUnit[] {
  const units: AccessUnit[] = Array.from({ length: pictures }, (_, i) => video(i * 40, i % gop === 0))
  for (let ms = 0; ms < pictures * 40; ms += 64 / 3) units.push(audio(ms))
  const timeOf = (unit: AccessUnit): number => (unit.kind === 'video' ? unit.dts : unit.pts)
  return units.sort((a, b) => timeOf(a) - timeOf(b))
}

function cut(units: readonly AccessUnit[], config: Partial<SegmenterConfig> = {}): Segment[] {
  const segmenter = new Segmenter({ ...CONFIG, ...config })
  return [...units.map((unit) => segmenter.push(unit)), segmenter.flush()].filter((s) => s !== undefined)
}

describe('Segmenter', () => {
  it('cuts at the first keyframe at or after the target, and flushes the rest', () => {
    const segments = cut(stream(130, 25))
    expect(segments.map(({ seq, frames, start, duration }) => [seq, frames, start, duration])).toEqual([
      [0, 50, 0, 2000],
      [1, 50, 180_000, 2000],
      [2, 30, 360_000, 1200],
    ])
  })

  it('takes a group that rounding made a little short for a full one', () => {
    const units = [0, 1000, 1999, 3999].map((ms) => video(ms, true))
    expect(cut(units).map((segment) => segment.frames)).toEqual([2, 1, 1])
  })

  it('puts each unit into exactly one segment, in order, and joins to one continuous stream', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 120 }), (pictures, gop) => {
        const units = stream(pictures, gop)
        const segments = cut(units)
        const joined = demuxMpegTs(joinBytes(segments.map((segment) => segment.bytes)))
        expect(joined.continuityErrors).toBe(0)
        expect(joined.video).toEqual(units.filter((unit) => unit.kind === 'video'))
        expect(joined.audio).toEqual(units.filter((unit) => unit.kind === 'audio'))
        for (const segment of segments) {
          const { video: own, audio: sound } = demuxMpegTs(segment.bytes)
          expect(own[0]?.isKeyframe).toBe(true)
          expect(own.length).toBe(segment.frames)
          for (const unit of sound) expect(unit.pts).toBeGreaterThanOrEqual(segment.start)
        }
      }),
      { seed: 13, numRuns: 30 },
    )
  })

  it('moves sound that came early to the later segment', () => {
    const units = [video(0, true), audio(0), audio(2010), audio(1990), video(2000, true), audio(2031)]
    const [first, second] = cut(units).map((segment) =>
      demuxMpegTs(segment.bytes).audio.map((unit) => unit.pts / 90),
    )
    expect(first).toEqual([0, 1990])
    expect(second).toEqual([2010, 2031])
  })

  it('waits for the first keyframe, and keeps the sound that leads it by a frame or two', () => {
    const units = [audio(0), video(0, false), audio(920), audio(960), video(1000, true), video(1040, false)]
    const [segment, ...others] = cut(units)
    expect(others).toEqual([])
    const { video: pictures, audio: sound } = demuxMpegTs(segment!.bytes)
    expect(pictures).toHaveLength(2)
    expect(sound.map((unit) => unit.pts / 90)).toEqual([920, 960])
  })

  it('refuses a stream without keyframes, says what to set, and still gives what came before', () => {
    const segmenter = new Segmenter(CONFIG)
    const feed = (): void => {
      for (let ms = 0; ms < 20_000; ms += 40) segmenter.push(video(ms, ms === 0))
    }
    expect(feed).toThrow(
      expect.objectContaining({ code: 'NO_KEYFRAME', advice: expect.stringContaining('-g 60') }),
    )
    expect(segmenter.flush()?.frames).toBe(201)
    const never = new Segmenter(CONFIG)
    expect(() => {
      for (let ms = 0; ms < 20_000; ms += 40) never.push(video(ms, false))
    }).toThrow('No keyframe')
    expect(never.flush()).toBeUndefined()
  })

  it('refuses a segment that grows beyond its limit', () => {
    expect(() => cut(stream(100, 50), { maxBytes: 1000 })).toThrow('grew beyond')
  })

  it('marks the segment after a break, and cuts at once where a keyframe has new parameters', () => {
    const units = stream(200, 25).map((unit) =>
      unit.kind === 'video' && unit.pts === 5 * 90_000 ? { ...unit, discontinuity: true as const } : unit,
    )
    expect(cut(units).map(({ frames, discontinuity }) => [frames, discontinuity])).toEqual([
      [50, false],
      [50, false],
      [25, false],
      [50, true],
      [25, false],
    ])
    const inside = stream(150, 25).map((unit) =>
      unit.kind === 'video' && unit.pts === 40 * 90 ? { ...unit, discontinuity: true as const } : unit,
    )
    expect(cut(inside).map((segment) => segment.discontinuity)).toEqual([false, true, false])
  })
})
