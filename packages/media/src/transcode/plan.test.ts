import { DEFAULT_LADDER, type Profile } from '@tessera/protocol/profile'
import { describe, expect, it } from 'vitest'
import { fitInto, planTranscode, type SourceFacts } from './plan.ts'

const SQUARE = { num: 1, den: 1 }
const ladder = (...names: string[]): Profile[] => DEFAULT_LADDER.filter(({ name }) => names.includes(name))

function source(width: number, height: number, frames = 50, tick = 3600, first = 900_000): SourceFacts {
  const pts = Array.from({ length: frames }, (_, i) => first + i * tick)
  return { width, height, sampleAspectRatio: SQUARE, pts, durationMs: 2000 }
}

describe('fitInto', () => {
  it.each([
    ['the same shape', 1920, 1080, 1280, 720, [1280, 720]],
    ['nearly the same shape', 1920, 1080, 854, 480, [854, 480]],
    ['a narrower source', 640, 480, 1280, 720, [960, 720]],
    ['a wider source', 1920, 800, 1280, 720, [1280, 534]],
    ['a portrait source', 1080, 1920, 1280, 720, [406, 720]],
    ['a sliver', 8000, 16, 1280, 720, [1280, 16]],
  ])('gives %s an even size', (_, width, height, boxWidth, boxHeight, [w, h]) => {
    const size = fitInto({ width, height, sampleAspectRatio: SQUARE }, { width: boxWidth, height: boxHeight })
    expect(size).toEqual({ width: w, height: h })
  })

  it('counts pixels that are not square', () => {
    const pal = { width: 720, height: 576, sampleAspectRatio: { num: 64, den: 45 } }
    expect(fitInto(pal, { width: 1280, height: 720 })).toEqual({ width: 1280, height: 720 })
    expect(fitInto({ ...pal, sampleAspectRatio: { num: 0, den: 1 } }, { width: 1280, height: 720 })).toEqual({
      width: 900,
      height: 720,
    })
  })
})

describe('planTranscode', () => {
  it('scales each size from the next larger one', () => {
    const plan = planTranscode(source(1920, 1080), DEFAULT_LADDER)
    expect(plan.steps.map(({ width, from }) => [width, from])).toEqual([
      [1280, 'source'],
      [854, 0],
      [640, 1],
    ])
    expect(plan.renditions.map(({ name, step }) => [name, step])).toEqual([
      ['720p', 0],
      ['480p', 1],
      ['360p', 2],
    ])
  })

  it('keeps the order asked for and scales a shared size once', () => {
    const [small] = ladder('360p')
    const plan = planTranscode(source(1280, 720), [small!, ...ladder('720p'), { ...small!, name: 'again' }])
    expect(plan.steps).toHaveLength(2)
    expect(plan.renditions.map(({ name, step }) => [name, step])).toEqual([
      ['360p', 1],
      ['720p', 0],
      ['again', 1],
    ])
  })

  it('never makes a smaller picture from one that was scaled up', () => {
    const plan = planTranscode(source(640, 360), DEFAULT_LADDER)
    expect(plan.steps.map(({ from }) => from)).toEqual(['source', 'source', 'source'])
  })

  it('takes the frame rate from the times', () => {
    const plan = planTranscode(source(1280, 720), ladder('720p'))
    expect(plan.renditions[0]!.encoder.fps).toEqual({ num: 25, den: 1 })
    const ntsc = planTranscode(source(1280, 720, 60, 3003), ladder('720p'))
    expect(ntsc.renditions[0]!.encoder.fps).toEqual({ num: 30_000, den: 1001 })
    const single = planTranscode(source(1280, 720, 1), ladder('720p'))
    expect(single.renditions[0]!.encoder.fps).toEqual({ num: 1, den: 2 })
  })

  it('keeps every picture at its time when no rate is asked for', () => {
    const facts = source(1280, 720)
    const { schedule } = planTranscode(facts, ladder('720p')).renditions[0]!
    expect([...schedule.values()].flat()).toEqual(facts.pts)
  })

  it.each([
    [10, 20],
    [25, 50],
    [50, 100],
    [60, 120],
  ])('puts pictures on a grid of %d per second that goes on across segments', (fps, perSegment) => {
    const [base] = ladder('720p')
    const profile = { ...base!, fps: { numerator: fps, denominator: 1 } }
    const times = [0, 1, 2].flatMap((index) => {
      const facts = source(1280, 720, 50, 3600, 900_000 + index * 180_000)
      return [...planTranscode(facts, [profile]).renditions[0]!.schedule.values()].flat()
    })
    expect(times).toHaveLength(3 * perSegment)
    expect(times.map((time, i) => Math.round(time - i * (90_000 / fps)))).toEqual(times.map(() => 900_000))
  })

  it('keeps one picture of a segment that is shorter than the rate asked for', () => {
    const [base] = ladder('720p')
    const profile = { ...base!, fps: { numerator: 1, denominator: 100 } }
    const { schedule } = planTranscode(source(1280, 720), [profile]).renditions[0]!
    expect([...schedule.values()].flat()).toEqual([900_000])
  })

  it('refuses what is not offered, in words that gateways know', () => {
    const [base] = ladder('720p')
    for (const other of [{ codec: 'hevc' }, { format: 'mp4' }] as const) {
      expect(() => planTranscode(source(1280, 720), [{ ...base!, ...other }])).toThrow(
        expect.objectContaining({ livepeerText: 'TranscoderUnrecognizedProfile' }),
      )
    }
  })
})
