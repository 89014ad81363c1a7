import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameLoop } from './frame-loop.ts'

type Outcome = {
  readonly done: number[]
  readonly waits: number[]
  readonly dropped: number
  readonly cuts: number[]
}

/** Virtual time: frames arrive at `arrivals`, each takes `workMs`, the loop takes the next as soon as it can. */
function simulate(arrivals: readonly number[], workMs: number, fps = 30, cutEvery = 30): Outcome {
  const loop = new FrameLoop<number, never>()
  const outcome = { done: [] as number[], waits: [] as number[], cuts: [] as number[] }
  let now = 0
  let next = 0
  while (true) {
    while (loop.wantsMore && next < arrivals.length && arrivals[next]! <= now) {
      const startsSegment = next % cutEvery === 0
      const pts = Math.round((next * 90_000) / fps)
      loop.offer({ kind: 'video', picture: next, pts, arrivedMs: arrivals[next]!, startsSegment })
      next++
    }
    const unit = loop.take(now)
    if (unit?.kind === 'video') {
      outcome.waits.push(now - unit.arrivedMs)
      now += workMs
      outcome.done.push(unit.picture)
      if (unit.startsSegment) outcome.cuts.push(unit.picture)
    } else if (next < arrivals.length) now = Math.max(now, arrivals[next]!)
    else return { ...outcome, dropped: loop.framesDropped }
  }
}

const steady = (frames: number, fps = 30): number[] =>
  Array.from({ length: frames }, (_, i) => (i * 1000) / fps)

describe('frame loop', () => {
  it('keeps every frame when there is time for all', () => {
    expect(simulate(steady(300), 20)).toMatchObject({ dropped: 0 })
  })

  it('keeps every frame over a stall of an eighth of a second', () => {
    const arrivals = steady(1500)
    const stalled = arrivals.map((at) => (at > 40_000 && at < 40_125 ? 40_125 : at))
    expect(simulate(stalled, 20)).toMatchObject({ dropped: 0 })
  })

  it('keeps every frame of segments that arrive in one piece', () => {
    const bursts = Array.from({ length: 300 }, (_, i) => Math.floor(i / 60) * 2000)
    expect(simulate(bursts, 20)).toMatchObject({ dropped: 0 })
  })

  it('drops frames rather than lag when the work takes longer than the frames last', () => {
    const { dropped, waits, done } = simulate(steady(1500), 50)
    expect(done.length + dropped).toBe(1500)
    expect(done.length).toBeGreaterThan(900)
    expect(Math.max(...waits)).toBeLessThan(1300)
    // Twenty-five seconds later what the start was allowed is made up for.
    expect(Math.max(...waits.slice(-400))).toBeLessThan(300)
  })

  it('keeps to the pace of bursts that it cannot finish', () => {
    const bursts = Array.from({ length: 600 }, (_, i) => Math.floor(i / 60) * 2000)
    const { dropped, waits, done } = simulate(bursts, 50)
    expect(done.length + dropped).toBe(600)
    expect(Math.max(...waits)).toBeLessThan(3300)
  })

  it('hands the start of a segment on when the frame that carried it is dropped', () => {
    expect(simulate(steady(900), 100).cuts).toHaveLength(30)
  })

  it('gives audio in its place between the pictures', () => {
    const loop = new FrameLoop<string, string>()
    const video = (picture: string, pts: number) =>
      ({ kind: 'video', picture, pts, arrivedMs: 0, startsSegment: false }) as const
    loop.offer(video('v0', 0))
    loop.offer({ kind: 'audio', packet: 'a0' })
    loop.offer(video('v1', 3000))
    const taken = [loop.take(0), loop.take(0), loop.take(0), loop.take(0)]
    expect(taken.map((unit) => unit && ('picture' in unit ? unit.picture : unit.packet))).toEqual([
      'v0',
      'a0',
      'v1',
      undefined,
    ])
  })

  it('never goes back in time, never loses count, whatever the arrivals', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200), { maxLength: 200 }),
        fc.integer({ min: 1, max: 120 }),
        (gaps, workMs) => {
          let at = 0
          const arrivals = gaps.map((gap) => (at += gap))
          const { done, dropped } = simulate(arrivals, workMs)
          expect(done.length + dropped).toBe(arrivals.length)
          expect(done).toEqual([...done].sort((a, b) => a - b))
        },
      ),
      { seed: 5 },
    )
  })
})
