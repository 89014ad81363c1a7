/** @module Rounds and blocks as the time they take. */
import { blocksUntilRound, type RoundTimes } from '@tessera/chain/round-times'

/** About how long, in the two largest units: `2 days 3 h`, `40 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return pair(whole, 60, 'min', 's')
  if (whole < 86_400) return pair(whole, 3_600, 'h', 'min', 60)
  return pair(whole, 86_400, whole < 172_800 ? 'day' : 'days', 'h', 3_600)
}

/** `in about 40 s` until a round begins, or `now`. */
export function whenRound(times: RoundTimes, round: bigint): string {
  const blocks = blocksUntilRound(times, round)
  return blocks === 0n ? 'now' : `in about ${formatDuration(Number(blocks) * times.secondsPerBlock)}`
}

/** Whole seconds until a round begins, for JSON. */
export function secondsUntilRound(times: RoundTimes, round: bigint): number {
  return Math.round(Number(blocksUntilRound(times, round)) * times.secondsPerBlock)
}

function pair(seconds: number, unit: number, name: string, smaller: string, small = 1): string {
  const [large, rest] = [Math.floor(seconds / unit), Math.floor((seconds % unit) / small)]
  return rest === 0 ? `${large} ${name}` : `${large} ${name} ${rest} ${smaller}`
}
