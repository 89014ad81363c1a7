/** @module What the demo found out: the report as data and as text. */
import type { Address } from '@tessera/protocol/address'

export type RenditionReport = {
  readonly segments: number
  readonly frames: number
  readonly width: number
  readonly height: number
  readonly bitrateBps: number
}

/** Amounts are decimal strings: JSON numbers cannot hold wei. */
export type DemoReport = {
  readonly ok: boolean
  /** Why `ok` is false, one sentence each. */
  readonly problems: readonly string[]
  readonly stream: {
    readonly segmentsIn: number
    readonly framesIn: number
    readonly durationMs: number
    readonly renditions: Readonly<Record<string, RenditionReport>>
    readonly lost: number
    readonly firstPlayableMs: number
  }
  readonly payments: {
    readonly ticketsSent: number
    readonly ticketsWon: number
    readonly redeemed: number
    readonly redeemedWei: string
    readonly feesWithdrawnWei: string
  }
  readonly failover: { readonly killed: Address; readonly segmentsLost: number; readonly swapMs: number }
  readonly ai: {
    readonly pipeline: string
    readonly framesIn: number
    readonly framesOut: number
    readonly p50Ms: number
    readonly p95Ms: number
  }
  readonly staking: {
    readonly round: string
    readonly orchestrators: readonly {
      readonly address: Address
      readonly stakeWei: string
      readonly rewardWei: string
    }[]
  }
  readonly urls: Readonly<Record<string, string>>
}

/** Why the run does not count as good; empty when it does. */
export function problemsOf(report: Omit<DemoReport, 'ok' | 'problems'>): readonly string[] {
  const { stream, payments, failover, ai } = report
  const problems: string[] = []
  if (stream.framesIn === 0) problems.push('No frame was published.')
  if (stream.lost > 0) problems.push(`${stream.lost} segments were lost.`)
  if (failover.segmentsLost > 0)
    problems.push(`${failover.segmentsLost} segments were lost when a node was killed.`)
  const names = Object.keys(stream.renditions)
  if (!names.includes('source') || names.length < 2) problems.push('The ladder was not delivered.')
  for (const [name, rendition] of Object.entries(stream.renditions)) {
    if (rendition.frames !== stream.framesIn) {
      problems.push(`${name} has ${rendition.frames} frames, the source ${stream.framesIn}.`)
    }
  }
  if (payments.redeemed < 1) problems.push('No ticket was redeemed.')
  if (payments.redeemed < payments.ticketsWon) {
    problems.push(`${payments.ticketsWon - payments.redeemed} winning tickets were not redeemed.`)
  }
  if (ai.framesOut < 1) problems.push('The AI stream delivered no frame.')
  return problems
}

const ETHER = 10n ** 18n

function decimal(units: string, digits: number): string {
  const value = BigInt(units)
  return `${value / ETHER}.${(value % ETHER).toString().padStart(18, '0').slice(0, digits)}`
}

/** Real-time AI passes frames over rather than fall behind, so what it lacks is told and is no failure. */
function arrived({ framesIn, framesOut }: DemoReport['ai']): string {
  const passedOver = framesIn - framesOut
  const stream = 'every rendition has every frame of the source, and every winning ticket is redeemed.'
  if (passedOver <= 0) return `Everything arrived: ${stream}`
  return `All video arrived: ${stream}\nReal-time AI kept up by passing over ${passedOver} of ${framesIn} frames; an idle or faster machine passes over fewer.`
}

/** For a terminal, 100 columns. */
export function formatReport(report: DemoReport): string {
  const { stream, payments, failover, ai, staking, urls } = report
  const rows = Object.entries(stream.renditions).map(
    ([name, r]) =>
      `  ${name.padEnd(10)}${`${r.width}×${r.height}`.padEnd(12)}${String(r.segments).padStart(9)}${String(r.frames).padStart(9)}${`${(r.bitrateBps / 1e6).toFixed(2)} Mb/s`.padStart(13)}`,
  )
  return [
    `Stream     ${stream.segmentsIn} segments, ${stream.framesIn} frames, ${(stream.durationMs / 1000).toFixed(1)} s in; first playable after ${stream.firstPlayableMs} ms; ${stream.lost} lost`,
    `  ${'rendition'.padEnd(10)}${'size'.padEnd(12)}${'segments'.padStart(9)}${'frames'.padStart(9)}${'bitrate'.padStart(13)}`,
    ...rows,
    `Failover   killed ${failover.killed}; ${failover.segmentsLost} segments lost; work went on elsewhere after ${failover.swapMs} ms`,
    `AI         ${ai.pipeline}: ${ai.framesOut} of ${ai.framesIn} frames; latency median ${ai.p50Ms} ms, 95 % within ${ai.p95Ms} ms`,
    `Payments   ${payments.ticketsSent} tickets sent, ${payments.ticketsWon} won, ${payments.redeemed} redeemed for ${decimal(payments.redeemedWei, 6)} ETH; ${decimal(payments.feesWithdrawnWei, 6)} ETH of fees withdrawn`,
    `Staking    round ${staking.round}`,
    ...staking.orchestrators.map(
      ({ address, stakeWei, rewardWei }) =>
        `  ${address}  stake ${decimal(stakeWei, 2)} LPT, rewarded ${decimal(rewardWei, 4)} LPT`,
    ),
    ...Object.entries(urls).map(([name, url]) => `${name.padEnd(10)} ${url}`),
    '',
    report.ok ? arrived(ai) : 'NOT GOOD:',
    ...report.problems.map((problem) => `  - ${problem}`),
  ].join('\n')
}
