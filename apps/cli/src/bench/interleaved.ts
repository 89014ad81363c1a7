/** @module Two workloads measured in turn, so that a drifting machine moves both, and the ratio with an interval. */

export type Measured = { readonly subject: number; readonly baseline: number }

export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

/** Runs `pairs` pairs; the order flips each time so that neither always runs on a warmer machine. */
export async function interleave(
  pairs: number,
  subject: () => Promise<number>,
  baseline: () => Promise<number>,
  onPair: (pair: number, measured: Measured) => void,
): Promise<readonly Measured[]> {
  const results: Measured[] = []
  for (let pair = 0; pair < pairs; pair++) {
    let measured: Measured
    if (pair % 2 === 0) {
      const first = await subject()
      measured = { subject: first, baseline: await baseline() }
    } else {
      const first = await baseline()
      measured = { baseline: first, subject: await subject() }
    }
    results.push(measured)
    onPair(pair + 1, measured)
  }
  return results
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Median with an order-statistic interval that holds the true median with at least 90 % (binomial). Fewer than five
 * values cannot promise that: the interval is then the whole range.
 */
export function medianWithInterval(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = intervalRank(sorted.length)
  return { value: median(sorted), low: sorted[rank]!, high: sorted[sorted.length - 1 - rank]! }
}

/** Of the ratios within each pair, so that what slows the machine for a while cancels out. */
export function medianRatio(results: readonly Measured[]): Estimate {
  return medianWithInterval(results.map(({ subject, baseline }) => subject / baseline))
}

/** Ranks that may be left out at each end: the largest k with 2 × P(Binomial(count, ½) < k) ≤ 0.1. */
function intervalRank(count: number): number {
  let below = 0
  let term = 0.5 ** count
  for (let k = 0; k < count; k++) {
    below += term
    if (2 * below > 0.1) return Math.max(0, k - 1)
    term = (term * (count - k)) / (k + 1)
  }
  return 0
}
