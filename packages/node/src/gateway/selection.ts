/**
 * @module Which orchestrator gets the next piece of work. Pure: no clock, no I/O, the random number is an argument.
 *
 * For each candidate that has room, is not excluded and asks at most the maximum price:
 *
 *     base        = wStake · stake / Σ stake + wPrice · cheap / Σ cheap + wEven / n          (Σ base = 1)
 *     cheap       = (lowest price / price)²            the cheapest counts 1, twice the price 1/4; free counts 1
 *     speed       = min(1, target / ratio)²            ratio = work time ÷ media time; 1 while it is unknown
 *     reliability = share of good answers, moving average
 *     room        = 1 − inFlight / maxInFlight
 *     weight      = base · speed · reliability² · room
 *
 * and one is drawn with probability weight / Σ weight. A share for everyone (`wEven`) keeps newcomers measured.
 * Worked: stakes 3 and 1, equal prices, both idle and at most at the target: weights
 * 0.5·0.75 + 0.3·0.5 + 0.2·0.5 = 0.625 and 0.375.
 */
import { comparePrices, type Price } from '@tessera/protocol/price'

export type SelectionWeights = {
  /** Shares of stake, price and of everyone alike; they sum to 1. */
  readonly stake: number
  readonly price: number
  readonly even: number
  /** Work time ÷ media time up to which an orchestrator counts as fast enough. */
  readonly targetRatio: number
}

export const DEFAULT_WEIGHTS: SelectionWeights = { stake: 0.5, price: 0.3, even: 0.2, targetRatio: 0.5 }

export type Candidate = {
  /** Names it among the candidates. */
  readonly id: string
  /** 10^-18 LPT; 0 off chain. */
  readonly stake: bigint
  /** Absent off chain: work is free. */
  readonly price?: Price | undefined
  /** Work time ÷ media time, moving average; absent until it delivered once. */
  readonly realtimeRatio?: number | undefined
  /** Moving average of good answers, 0 to 1. */
  readonly reliability: number
  readonly inFlight: number
  readonly maxInFlight: number
}

export type SelectionInput<C extends Candidate> = {
  readonly candidates: readonly C[]
  /** Ids that must not be chosen, e.g. those that failed on this segment. */
  readonly excluded?: ReadonlySet<string>
  readonly maxPrice?: Price | undefined
  readonly weights: SelectionWeights
  /** In [0, 1), from the injected Random. */
  readonly uniform: number
}

/** Floor of speed and reliability, so that one who is slow now and then is not shut out for ever. */
const SMALLEST_FACTOR = 0.01

/** The chosen candidate, or undefined when none may be chosen. */
export function select<C extends Candidate>(input: SelectionInput<C>): C | undefined {
  const eligible = input.candidates.filter((candidate) => isEligible(candidate, input))
  const weights = weigh(eligible, input.weights)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let mark = input.uniform * total
  for (const [index, candidate] of eligible.entries()) {
    mark -= weights[index]!
    if (mark < 0) return candidate
  }
  return eligible.at(-1)
}

/** Weights in the order of `candidates`, all > 0 for candidates with room. */
export function weigh(candidates: readonly Candidate[], weights: SelectionWeights): readonly number[] {
  const stakes = sharesOf(candidates.map((candidate) => stakeUnits(candidate, candidates)))
  const prices = sharesOf(candidates.map((candidate) => cheapness(candidate, candidates)))
  return candidates.map((candidate, i) => {
    const base = weights.stake * stakes[i]! + weights.price * prices[i]! + weights.even / candidates.length
    const ratio = candidate.realtimeRatio ?? 0
    const speed = clampFactor(ratio <= weights.targetRatio ? 1 : (weights.targetRatio / ratio) ** 2)
    const room = 1 - candidate.inFlight / candidate.maxInFlight
    return base * speed * clampFactor(candidate.reliability ** 2) * room
  })
}

function isEligible<C extends Candidate>(candidate: C, input: SelectionInput<C>): boolean {
  if (candidate.inFlight >= candidate.maxInFlight) return false
  if (input.excluded?.has(candidate.id)) return false
  return !(input.maxPrice && candidate.price && comparePrices(candidate.price, input.maxPrice) > 0)
}

/** Stake relative to the largest, in millionths: bigints of any size become comparable numbers. */
function stakeUnits(candidate: Candidate, all: readonly Candidate[]): number {
  let largest = 0n
  for (const { stake } of all) if (stake > largest) largest = stake
  return largest === 0n ? 0 : Number((candidate.stake * 1_000_000n) / largest)
}

function cheapness(candidate: Candidate, all: readonly Candidate[]): number {
  const price = candidate.price
  if (!price || price.wei === 0n) return 1
  const charging = all.map((other) => other.price).filter((other) => other !== undefined && other.wei > 0n)
  const lowest = charging.reduce(
    (least, other) => (comparePrices(other!, least!) < 0 ? other : least),
    price,
  )!
  const millionths = (lowest.wei * price.units * 1_000_000n) / (price.wei * lowest.units)
  return (Number(millionths) / 1_000_000) ** 2
}

/** Parts of 1; equal parts when all are zero. */
function sharesOf(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  return total === 0 ? values.map(() => 1 / values.length) : values.map((value) => value / total)
}

function clampFactor(value: number): number {
  return Math.min(1, Math.max(SMALLEST_FACTOR, value))
}
