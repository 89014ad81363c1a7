import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Outcome, Protocol } from './protocol.ts'
import { actionOf } from './scenario/calls.suite.ts'
import { VECTORS } from './scenario/names.suite.ts'
import { observe } from './scenario/observe.suite.ts'
import { eventText, type ScenarioConfig, type Step, startScenario } from './scenario/steps.suite.ts'
import { BLOCK_HASH } from './scenario/tickets.suite.ts'

const SCENARIOS = [
  '1-steady',
  '2-missed-reward',
  '3-pool-eviction',
  '4-move-and-transfer',
  '5-withdraw-and-reserve',
  '6-random',
]

type Recording = {
  readonly config: ScenarioConfig
  readonly steps: readonly Step[]
  readonly last: Pick<Step, 'keys' | 'values'>
}

const reverts = JSON.parse(readFileSync(new URL('protocol/reverts.json', VECTORS), 'utf8')) as {
  readonly reasons: readonly string[]
  readonly errors: readonly string[]
}

/** Name of our error for a recorded reason. */
function errorFor(reason: string): string {
  const signature = reverts.errors[reverts.reasons.indexOf(reason)]
  if (!signature) throw new Error(`no error for ${reason}`)
  return signature.slice(0, signature.indexOf('('))
}

function readRecording(scenario: string): Recording {
  const text = readFileSync(new URL(`protocol/${scenario}.jsonl`, VECTORS), 'utf8')
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { config: head.config, steps: lines.slice(0, -1), last: lines.at(-1) }
}

/** The recorded protocol divides a reserve by the pool of the moment, ours by the orchestrators active in the round. */
function poolMoved({ read }: Protocol): boolean {
  return BigInt(read.pool.length) !== read.stake.currentRoundActiveTranscoders
}

function expectState(
  protocol: Protocol,
  expected: ReadonlyMap<string, string | undefined>,
  where: string,
): void {
  const seen = observe(protocol)
  for (const [key, value] of expected) {
    if (key.startsWith('B.claimable') && poolMoved(protocol)) continue
    expect(seen.get(key), `${where}: ${key}`).toBe(value)
  }
}

function expectOutcome(outcome: Outcome, step: Step, where: string): void {
  const got = outcome.ok ? outcome.events.map(eventText) : outcome.error.errorName
  expect(got, where).toEqual(step.revert === '' ? step.events : errorFor(step.revert))
}

test.each(SCENARIOS)('reproduces every event, revert and value of scenario %s', async (scenario) => {
  const { config, steps, last } = readRecording(scenario)
  const protocol = startScenario(config)
  // What no step changes yet must stay as it was.
  const start = observe(protocol)
  const expected = new Map(last.keys.map((key): [string, string | undefined] => [key, start.get(key)]))
  let tickets = 0
  for (const [index, step] of steps.entries()) {
    const where = `step ${index + 1}, ${step.by} ${step.op}`
    if (step.op === 'initializeRound') protocol.moveToRound(BigInt(step.round), BLOCK_HASH)
    if (step.op === 'redeemWinningTicket') tickets++
    const action = await actionOf(step, protocol, tickets)
    const before = observe(protocol)
    expectOutcome(protocol.preview(action), step, where)
    expect(observe(protocol), `${where}: a preview leaves no trace`).toEqual(before)
    expectOutcome(protocol.apply(action), step, where)
    for (const [i, key] of step.keys.entries()) expected.set(key, step.values[i]!)
    expectState(protocol, expected, where)
  }
  for (const [i, key] of last.keys.entries()) expected.set(key, last.values[i]!)
  expectState(protocol, expected, 'at the end')
})
