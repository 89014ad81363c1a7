/** @module Random scenarios: what the model predicts for a long mix of sensible, careless and hostile calls. */
import { seededRandom } from '@tessera/runtime/random'
import { type Abi, encodeErrorResult, parseAbi } from 'viem'
import { errorsAbi } from '../../abis/errors.ts'
import type { Outcome, Protocol } from '../protocol.ts'
import type { Revert } from '../revert.ts'
import { actionOf } from './calls.suite.ts'
import { Dice } from './dice.suite.ts'
import { digestOf } from './digest.suite.ts'
import { observe } from './observe.suite.ts'
import type { Draft } from './scenario-world.suite.ts'
import { eventText, type ScenarioConfig, type Step, startScenario } from './steps.suite.ts'
import { drawStep, opening } from './strategy.suite.ts'
import { TicketBook } from './ticket-book.suite.ts'
import { BLOCK_HASH } from './tickets.suite.ts'

const LPT = 10n ** 18n
const abi: Abi = [...errorsAbi, ...parseAbi(['error Panic(uint256 code)'])]

/** A scenario as its file holds it, a JSON text a line. The same seed gives the same text. */
export async function generateScenario(seed: number, steps: number): Promise<string> {
  const dice = new Dice(seededRandom(seed))
  const config = drawConfig(dice)
  const world = { protocol: startScenario(config), tickets: new TicketBook() }
  return await play(config, world.protocol, function* () {
    const first = opening(dice)
    yield* first
    for (let step = first.length; step < steps; step++) yield drawStep(dice, world)
  })
}

/** The same for calls that are known beforehand. */
export async function playScenario(config: ScenarioConfig, drafts: readonly Draft[]): Promise<string> {
  return await play(config, startScenario(config), () => drafts)
}

/** `drafts` are taken one by one: each may depend on what the one before led to. */
async function play(
  config: ScenarioConfig,
  protocol: Protocol,
  drafts: () => Iterable<Draft>,
): Promise<string> {
  protocol.moveTo(protocol.read.rounds.block, BLOCK_HASH)
  const lines: Step[] = []
  for (const draft of drafts()) lines.push(await predict(protocol, draft))
  const last = observe(protocol)
  return [
    { config, steps: lines.length },
    ...lines,
    { op: 'final', keys: [...last.keys()], values: [...last.values()] },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

/** One in four is about amounts that no longer fit; then inflation must stay small, or no round could start. */
function drawConfig(dice: Dice): Required<ScenarioConfig> {
  const isRich = dice.chance(0.25)
  const each = isRich ? 1n << (90n + dice.below(9n)) : 20_000n * LPT
  return {
    // Up to 5 % a round, so that factors grow far.
    inflation: String(
      isRich ? dice.below(100_000n) : dice.oneOf([0n, 220_500n, 5_000_000n, dice.below(50_000_000n)]),
    ),
    inflationChange: String(dice.oneOf([500n, 0n, dice.below(isRich ? 1_000n : 1_000_000n)])),
    targetBondingRate: String(dice.oneOf([500_000_000n, 0n, 1_000_000_000n, dice.below(10_000_000n)])),
    initialSupply: String(isRich ? each * 10n : 1_000_000n * LPT),
    unbondingPeriod: String(1n + dice.below(3n)),
    numActiveTranscoders: String(1n + dice.below(4n)),
    each: String(each),
    // Its records are narrower than the other fields, and hide their limits.
    keepsVotes: !(isRich && dice.chance(0.6)),
  }
}

/** Carries the call out on the model and writes down what came of it. */
async function predict(protocol: Protocol, draft: Draft): Promise<Step> {
  const before = observe(protocol)
  const outcome = await run(protocol, draft)
  const after = [...observe(protocol)].filter(([key, value]) => before.get(key) !== value)
  return {
    ...draft,
    revert: outcome.ok ? '' : revertData(outcome.error),
    events: outcome.ok ? outcome.events.map(eventText) : [],
    keys: after.map(([key]) => key),
    values: after.map(([, value]) => value),
    digest: digestOf(protocol),
  }
}

async function run(protocol: Protocol, draft: Draft): Promise<Outcome> {
  if (draft.round !== '') protocol.moveToRound(BigInt(draft.round), BLOCK_HASH)
  if (draft.op === 'wait') {
    protocol.moveTo(protocol.read.rounds.block + BigInt(draft.args[0]!), BLOCK_HASH)
    return { ok: true, events: [] }
  }
  return protocol.apply(await actionOf(draft, protocol, 0))
}

/** As the contract returns it: selector and values. */
function revertData({ errorName, args }: Revert): string {
  return encodeErrorResult({ abi, errorName, args: Object.values(args) })
}
