/** @module One try of one segment at one orchestrator: pay, submit, check. */
import type { SegmentMeasure } from '@tessera/media/verify/measure'
import type { Payer, StagedPayment } from '@tessera/payments/payer'
import type { Address } from '@tessera/protocol/address'
import { feeOf, type Price } from '@tessera/protocol/price'
import type { Profile } from '@tessera/protocol/profile'
import type { Segment } from '@tessera/protocol/segment'
import { pixels, type Wei, wei } from '@tessera/protocol/units'
import type { DeliveredSegment, OrchestratorApi, Quote } from '../rpc/orchestrator-api.ts'
import { OrchestratorError } from '../rpc/orchestrator-error.ts'
import type { OrchestratorBook } from './orchestrator-book.ts'
import type { Lease } from './session-pool.ts'
import { type VerifiedRendition, verifyDelivery } from './verify-delivery.ts'

export type SegmentJob = {
  readonly segment: Segment
  readonly source: SegmentMeasure
  readonly profiles: readonly Profile[]
}

export type AttemptDeps = {
  readonly api: Pick<OrchestratorApi, 'submitSegment'>
  readonly payer: Payer
  readonly book: OrchestratorBook
}

export type AttemptResult = {
  readonly orchestrator: Address
  readonly renditions: readonly VerifiedRendition[]
  readonly uploadMs: number
  readonly transcodeMs: number
  readonly feeWei: Wei
  readonly tickets: number
}

/**
 * Rejects with what `Payer.stage` or the orchestrator call reject with, or with `BadResultError`. The lease stays open:
 * the caller ends it, since only the caller knows whether another orchestrator was faster.
 */
export async function attemptSegment(
  job: SegmentJob,
  lease: Lease,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const quote = await lease.quote(signal)
  const fee = feeFor(quote.price, expectedPixels(job))
  const staged = await deps.payer.stage({ quote, balanceKey: quote.authToken.sessionId, fee })
  const delivered = await submit({ job, quote, staged, lease, deps }, signal)
  const charged = feeFor(quote.price, sum(delivered.renditions.map((rendition) => rendition.pixels)))
  // Who charges for more than was asked is refused below; what he claims must not become a debt paid later.
  const isTooMuch = charged > fee
  const spent = isTooMuch ? fee : charged
  staged.settle({ spent })
  deps.book.paid(lease.url, { tickets: staged.tickets, feeWei: spent })
  if (delivered.nextQuote) lease.renew(delivered.nextQuote)
  return {
    orchestrator: quote.address,
    renditions: verifyDelivery(job.source, job.profiles, delivered.renditions),
    uploadMs: delivered.uploadMs,
    transcodeMs: delivered.transcodeMs,
    feeWei: spent,
    tickets: staged.tickets,
  }
}

type Submission = {
  readonly job: SegmentJob
  readonly quote: Quote
  readonly staged: StagedPayment
  readonly lease: Lease
  readonly deps: AttemptDeps
}

async function submit(submission: Submission, signal: AbortSignal): Promise<DeliveredSegment> {
  const { job, quote, staged, lease, deps } = submission
  const { payment, tickets } = staged
  try {
    const request = { quote, segment: job.segment, profiles: job.profiles, ...(payment && { payment }) }
    return await deps.api.submitSegment(request, { signal })
  } catch (error) {
    const fate = error instanceof OrchestratorError ? error.paymentFate : 'unknown'
    staged.settle({ fate })
    if (fate !== 'not-sent') deps.book.paid(lease.url, { tickets, feeWei: 0n })
    if (error instanceof OrchestratorError && error.nextQuote) lease.renew(error.nextQuote)
    throw error
  }
}

/** Pixels that an honest orchestrator will charge for: known before, as renditions keep the source's frames. */
function expectedPixels(job: SegmentJob): bigint {
  return sum(
    job.profiles.map((profile) => {
      const frames = profile.fps
        ? Math.ceil((job.segment.duration * profile.fps.numerator) / (1000 * profile.fps.denominator)) + 1
        : job.source.frames
      return BigInt(profile.width) * BigInt(profile.height) * BigInt(frames)
    }),
  )
}

function feeFor(price: Price | undefined, work: bigint): Wei {
  return price ? feeOf(price, pixels(work)) : wei(0n)
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
