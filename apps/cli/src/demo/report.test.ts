import { describe, expect, it } from 'vitest'
import { type DemoReport, formatReport, problemsOf } from './report.ts'

const rendition = { segments: 10, frames: 500, width: 640, height: 360, bitrateBps: 800_000 }

const good: Omit<DemoReport, 'ok' | 'problems'> = {
  stream: {
    segmentsIn: 10,
    framesIn: 500,
    durationMs: 20_000,
    renditions: { source: rendition, '360p': rendition },
    lost: 0,
    firstPlayableMs: 3_000,
  },
  payments: { ticketsSent: 40, ticketsWon: 12, redeemed: 12, redeemedWei: '1', feesWithdrawnWei: '1' },
  failover: { killed: '0x0000000000000000000000000000000000000001', segmentsLost: 0, swapMs: 900 },
  ai: { pipeline: 'p', framesIn: 500, framesOut: 498, p50Ms: 100, p95Ms: 200 },
  staking: { round: '7', orchestrators: [] },
  urls: {},
}

describe('problemsOf', () => {
  it('finds none in a run in which everything arrived', () => {
    expect(problemsOf(good)).toEqual([])
  })

  it.each<[string, Omit<DemoReport, 'ok' | 'problems'>]>([
    ['No frame', { ...good, stream: { ...good.stream, framesIn: 0, renditions: {} } }],
    ['2 segments were lost.', { ...good, stream: { ...good.stream, lost: 2 } }],
    ['when a node was killed', { ...good, failover: { ...good.failover, segmentsLost: 1 } }],
    [
      '360p has 499 frames',
      {
        ...good,
        stream: {
          ...good.stream,
          renditions: { ...good.stream.renditions, '360p': { ...rendition, frames: 499 } },
        },
      },
    ],
    ['ladder was not delivered', { ...good, stream: { ...good.stream, renditions: { source: rendition } } }],
    ['No ticket was redeemed', { ...good, payments: { ...good.payments, redeemed: 0 } }],
    ['2 winning tickets were not redeemed', { ...good, payments: { ...good.payments, redeemed: 10 } }],
    ['AI stream delivered no frame', { ...good, ai: { ...good.ai, framesOut: 0 } }],
  ])('says: %s', (problem, report) => {
    expect(problemsOf(report).join(' ')).toContain(problem)
  })
})

describe('formatReport', () => {
  it('lists the problems of a run that is not good', () => {
    expect(formatReport({ ...good, ok: false, problems: ['No ticket was redeemed.'] })).toContain(
      '- No ticket was redeemed.',
    )
  })

  it('says that everything arrived only when the AI stream has every frame too', () => {
    const fewer = formatReport({ ...good, ok: true, problems: [] })
    expect(fewer).not.toContain('Everything arrived')
    expect(fewer).toContain('passing over 2 of 500 frames')
    const all = { ...good, ai: { ...good.ai, framesOut: 500 }, ok: true, problems: [] }
    expect(formatReport(all)).toContain('Everything arrived')
    expect(formatReport(all)).not.toContain('passing over')
  })
})
