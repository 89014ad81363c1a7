import { measureSegment } from '@tessera/media/verify/measure'
import { freePayer } from '@tessera/payments/free'
import type { PaymentOutcome } from '@tessera/payments/payer'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { durationMs, pixels, seq, ticks90k } from '@tessera/protocol/units'
import { seededRandom } from '@tessera/runtime/random'
import { FakeOrchestrator } from '@tessera/testing/fake-orchestrators'
import { syntheticSegment } from '@tessera/testing/synthetic-video'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { OrchestratorBook } from './orchestrator-book.ts'
import { attemptSegment, type SegmentJob } from './segment-attempt.ts'
import type { Lease } from './session-pool.ts'

function job(): SegmentJob {
  const bytes = syntheticSegment({ width: 1280, height: 720, frames: 60 })
  const segment = {
    manifestId: 'demo',
    seq: seq(0),
    start: ticks90k(0),
    duration: durationMs(2000),
    bytes,
    frames: 60,
    discontinuity: false,
  }
  return { segment, source: measureSegment(bytes), profiles: DEFAULT_LADDER }
}

/** Charges nine times what it delivers. */
function greedy(clock: VirtualClock) {
  const orchestrator = new FakeOrchestrator('https://greedy:1', { clock, workMs: 0 })
  const lease: Lease = {
    url: orchestrator.url,
    quote: async () => orchestrator.quote(),
    renew: () => undefined,
    succeed: () => undefined,
    fail: () => undefined,
    cancel: () => undefined,
  }
  const submitSegment: Parameters<typeof attemptSegment>[2]['api']['submitSegment'] = async (request) => {
    const delivered = await orchestrator.submit(request, undefined)
    const renditions = delivered.renditions.map((one) => ({ ...one, pixels: pixels(one.pixels * 9n) }))
    return { ...delivered, renditions }
  }
  return { lease, api: { submitSegment } }
}

test('a claim of more pixels than were asked for is refused and becomes no debt', async () => {
  const clock = new VirtualClock()
  const { lease, api } = greedy(clock)
  const outcomes: PaymentOutcome[] = []
  const settle = (outcome: PaymentOutcome): number => outcomes.push(outcome)
  const payer = { ...freePayer(), stage: async () => ({ tickets: 0, settle }) }
  const book = new OrchestratorBook({ clock, random: seededRandom(7) })
  const attempt = attemptSegment(job(), lease, { api, payer, book }, new AbortController().signal)
  await Promise.all([expect(attempt).rejects.toMatchObject({ code: 'BAD_RESULT' }), clock.advance(1)])
  const asked = DEFAULT_LADDER.reduce((sum, { width, height }) => sum + BigInt(width * height * 60), 0n)
  expect(outcomes).toEqual([{ spent: asked }])
})
