/** @module What random scenarios reached: how often each call succeeded and why it was refused. */
import { type Abi, decodeErrorResult, parseAbi } from 'viem'
import { errorsAbi } from '../../abis/errors.ts'
import type { Step } from './steps.suite.ts'
import { parseSpec } from './tickets.suite.ts'

const abi: Abi = [...errorsAbi, ...parseAbi(['error Panic(uint256 code)'])]

type Count = { done: number; refused: Map<string, number> }

/** Counts steps by call; mutable. */
export class Coverage {
  readonly #calls = new Map<string, Count>()
  /** Tickets of batches that were carried out. */
  readonly #batched = { paid: 0, skipped: 0 }
  readonly #flaws = new Map<string, number>()

  /** A whole scenario, as `generateScenario` gives it. */
  add(scenario: string): void {
    const lines = scenario.trim().split('\n').slice(1, -1)
    for (const line of lines) this.#addStep(JSON.parse(line))
  }

  /** Calls that never succeeded, and calls that were never refused. */
  get gaps(): readonly string[] {
    return [...this.#calls].flatMap(([op, { done, refused }]) => [
      ...(done === 0 ? [`${op} never succeeded`] : []),
      ...(refused.size === 0 && op !== 'wait' ? [`${op} was never refused`] : []),
    ])
  }

  /** A line for each call, with its refusals, most frequent first. */
  report(): string {
    const lines = [...this.#calls].sort().map(([op, { done, refused }]) => {
      const total = [...refused.values()].reduce((sum, count) => sum + count, 0)
      return `${op.padEnd(28)}${String(done).padStart(7)} done${String(total).padStart(7)} refused  ${listed(refused)}`
    })
    const { paid, skipped } = this.#batched
    return [
      ...lines,
      `tickets in batches: ${paid} paid, ${skipped} skipped`,
      `tickets with flaws: ${listed(this.#flaws)}`,
    ].join('\n')
  }

  #addStep({ op, args, revert, events }: Step): void {
    const count = this.#calls.get(op) ?? { done: 0, refused: new Map<string, number>() }
    this.#calls.set(op, count)
    if (revert === '') count.done++
    else increment(count.refused, causeOf(revert))
    if (op !== 'redeem' && op !== 'batchRedeem') return
    for (const { flaw } of args.map(parseSpec)) if (flaw !== 'none') increment(this.#flaws, flaw)
    if (op !== 'batchRedeem' || revert !== '') return
    const paid = events.filter((event) => event.startsWith('WinningTicketRedeemed(')).length
    this.#batched.paid += paid
    this.#batched.skipped += args.length - paid
  }
}

function causeOf(revert: string): string {
  const { errorName, args } = decodeErrorResult({ abi, data: revert as `0x${string}` })
  return errorName === 'Panic' ? `Panic(${args?.[0]})` : errorName
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
