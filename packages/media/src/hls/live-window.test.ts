import { durationMs, pixels, type Seq, seq, ticks90k, unixMs } from '@tessera/protocol/units'
import { describe, expect, it } from 'vitest'
import type { SegmentMeasure } from '../verify/measure.ts'
import { LiveWindow, type LiveWindowConfig, type WindowSegment } from './live-window.ts'

const measure = (byteLength: number, width: number): SegmentMeasure => ({
  byteLength,
  frames: 60,
  keyframes: 1,
  startsWithKeyframe: true,
  width,
  height: (width * 9) / 16,
  sampleAspect: 1,
  pixels: pixels(0n),
  firstPts: ticks90k(0),
  lastPts: ticks90k(0),
  pts: [],
  durationTicks: ticks90k(180_000),
  videoCodec: 'avc1.64001f',
  audio: {
    frames: 94,
    sampleRate: 48_000,
    channels: 2,
    firstPts: ticks90k(0),
    lastPts: ticks90k(0),
    durationTicks: ticks90k(180_000),
    codec: 'mp4a.40.2',
  },
  continuityErrors: 0,
})

const segment = (n: number, rendition: string, change: Partial<WindowSegment> = {}): WindowSegment => ({
  rendition,
  seq: seq(n),
  duration: durationMs(2000),
  discontinuity: false,
  measure: rendition === 'source' ? measure(750_000, 1280) : measure(200_000, 640),
  ...change,
})

const newWindow = (change: Partial<LiveWindowConfig> = {}): LiveWindow =>
  new LiveWindow({
    renditions: ['source', '360p'],
    windowMs: 60_000,
    graceMs: 0,
    targetMs: 2000,
    startedAt: unixMs(Date.UTC(2026, 0, 2, 3, 4, 5)),
    firstSeq: seq(0),
    variantUri: (name) => `live/${name}.m3u8`,
    segmentUri: (name, n) => `${name}/${n}.ts`,
    ...change,
  })

const appendBoth = (window: LiveWindow, n: number, change: Partial<WindowSegment> = {}) => {
  window.append(segment(n, 'source', change))
  return window.append(segment(n, '360p', change))
}

const uris = (playlist: string | undefined): string[] =>
  (playlist ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))

describe('LiveWindow', () => {
  it('has no playlist before there is a segment', () => {
    const window = newWindow()
    window.append(segment(0, 'source'))
    expect(window.masterPlaylist()).toBeUndefined()
    expect(window.mediaPlaylist('source')).toBeUndefined()
  })

  it('writes a media playlist that a player can follow', () => {
    const window = newWindow()
    appendBoth(window, 0)
    appendBoth(window, 1, { duration: durationMs(1967), discontinuity: true })
    window.end()
    expect(window.mediaPlaylist('360p')).toBe(`#EXTM3U
#EXT-X-VERSION:6
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-DISCONTINUITY-SEQUENCE:0
#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.000Z
#EXTINF:2.000,
360p/0.ts
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:07.000Z
#EXTINF:1.967,
360p/1.ts
#EXT-X-ENDLIST
`)
    expect(window.mediaPlaylist('nothing')).toBeUndefined()
  })

  it('writes a master playlist of measured values', () => {
    const window = newWindow()
    appendBoth(window, 0)
    expect(window.masterPlaylist()).toBe(`#EXTM3U
#EXT-X-VERSION:6
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=3000000,RESOLUTION=1280x720,FRAME-RATE=30.000,CODECS="avc1.64001f,mp4a.40.2",NAME="source"
live/source.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=800000,RESOLUTION=640x360,FRAME-RATE=30.000,CODECS="avc1.64001f,mp4a.40.2",NAME="360p"
live/360p.m3u8
`)
  })

  it('lists a segment only when all renditions have it, and always in order', () => {
    const window = newWindow()
    expect(appendBoth(window, 1).published).toEqual([])
    expect(window.append(segment(0, '360p')).published).toEqual([])
    expect(window.append(segment(0, 'source')).published).toEqual([0, 1])
    expect(uris(window.mediaPlaylist('source'))).toEqual(['source/0.ts', 'source/1.ts'])
  })

  it('ignores what is repeated, late or unknown', () => {
    const window = newWindow()
    appendBoth(window, 0)
    for (const name of ['source', '360p', 'other']) window.append(segment(0, name))
    window.append(segment(1, 'other'))
    expect(uris(window.mediaPlaylist('source'))).toEqual(['source/0.ts'])
  })

  it('goes on after a lost segment, with a discontinuity', () => {
    const window = newWindow()
    appendBoth(window, 0)
    appendBoth(window, 2)
    expect(window.skip(seq(1)).published).toEqual([2])
    expect(window.mediaPlaylist('source')).toMatch(/0\.ts\n#EXT-X-DISCONTINUITY\n.*\n.*\nsource\/2\.ts/)
  })

  it('drops old segments, counts them, and says when their bytes may go', () => {
    const window = newWindow({ windowMs: 6000, graceMs: 4000 })
    const expired: Seq[] = []
    for (let n = 0; n < 10; n++) expired.push(...appendBoth(window, n, { discontinuity: n === 1 }).expired)
    expect(uris(window.mediaPlaylist('source'))).toEqual([6, 7, 8, 9].map((n) => `source/${n}.ts`))
    expect(window.mediaPlaylist('source')).toContain(
      '#EXT-X-MEDIA-SEQUENCE:6\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n',
    )
    expect(expired).toEqual([0, 1, 2, 3])
  })

  it('lists what is complete behind a hole when the stream ends', () => {
    const window = newWindow()
    appendBoth(window, 0)
    window.append(segment(1, 'source'))
    appendBoth(window, 2)
    expect(window.end().published).toEqual([2])
    expect(window.mediaPlaylist('source')).toMatch(
      /#EXT-X-DISCONTINUITY\n[\s\S]*source\/2\.ts\n#EXT-X-ENDLIST\n$/,
    )
  })

  it('raises the target duration for a long segment and never lowers it', () => {
    const window = newWindow({ windowMs: 2000 })
    appendBoth(window, 0, { duration: durationMs(4200) })
    for (let n = 1; n < 6; n++) appendBoth(window, n)
    expect(window.mediaPlaylist('source')).toContain('#EXT-X-TARGETDURATION:4\n')
  })

  it('goes on where an earlier window stopped', () => {
    const window = newWindow({
      resume: { mediaSequence: 7, discontinuitySequence: 2, lengthMs: 14_000 },
      firstSeq: seq(9),
    })
    appendBoth(window, 9)
    expect(window.mediaPlaylist('360p')).toContain(`#EXT-X-MEDIA-SEQUENCE:7
#EXT-X-DISCONTINUITY-SEQUENCE:2
#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:19.000Z
`)
  })
})
