import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timeline, type Track } from './timeline.ts'

const place = (timeline: Timeline, track: Track, ms: number) => timeline.place(track, ms)
const times = (timeline: Timeline, track: Track, ...all: number[]): number[] =>
  all.map((ms) => place(timeline, track, ms).time)

describe('Timeline', () => {
  it('is 90 ticks a millisecond, from the time that the publisher starts with', () => {
    expect(times(new Timeline(), 'video', 7, 40, 73)).toEqual([630, 3600, 6570])
  })

  it('goes on rising when the 32 bits of the publisher wrap', () => {
    const timeline = new Timeline()
    const before = place(timeline, 'video', 2 ** 32 - 20)
    const after = place(timeline, 'video', 20)
    expect(after.time - before.time).toBe(40 * 90)
    expect(after.discontinuity).toBe(false)
  })

  it('goes on after the clock of the publisher jumps, marks both tracks once and keeps them together', () => {
    for (const restart of [0, 100_000]) {
      const timeline = new Timeline()
      times(timeline, 'video', 50_000)
      times(timeline, 'audio', 50_010)
      expect(place(timeline, 'video', restart)).toEqual({ time: 50_050 * 90, discontinuity: true })
      expect(place(timeline, 'audio', restart + 15)).toEqual({ time: 50_065 * 90, discontinuity: true })
      expect(place(timeline, 'video', restart + 40)).toEqual({ time: 50_090 * 90, discontinuity: false })
    }
  })

  it('takes a jump back of a few seconds for a jump, but not a track that lags', () => {
    const timeline = new Timeline()
    times(timeline, 'video', 0, 5000)
    expect(place(timeline, 'audio', 2000)).toEqual({ time: 180_000, discontinuity: false })
    expect(place(timeline, 'video', 0)).toEqual({ time: 5040 * 90, discontinuity: true })
  })

  it('lets a time that does not rise follow the last one by a tick', () => {
    expect(times(new Timeline(), 'audio', 100, 100, 98, 121)).toEqual([9000, 9001, 9002, 10_890])
  })

  it('rises strictly within each track, whatever the publisher sends', () => {
    const step = fc.tuple(fc.constantFrom<Track>('video', 'audio'), fc.integer({ min: 0, max: 0xffffffff }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const timeline = new Timeline()
        const last: Record<Track, number> = { video: -1, audio: -1 }
        for (const [track, ms] of steps) {
          const { time } = place(timeline, track, ms)
          expect(time).toBeGreaterThan(last[track])
          last[track] = time
        }
      }),
      { seed: 12, numRuns: 500 },
    )
  })
})
