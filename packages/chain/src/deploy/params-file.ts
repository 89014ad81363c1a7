/** @module Parameters of a deployment as JSON: a known set, and the values that differ from it. */
import { lptText, parseLptText } from '../lpt-text.ts'
import { ParamsError } from './errors.ts'
import { devnetParams, mainnetParams, type ProtocolParams } from './params.ts'

/** The sets that have a name. */
export const PARAM_SETS: Readonly<Record<'mainnet' | 'devnet', ProtocolParams>> = {
  mainnet: mainnetParams,
  devnet: devnetParams,
}

type Field = { readonly unit: 'whole' | 'LPT'; readonly min: bigint; readonly max: bigint }
/** A number in JSON, as text where JSON's numbers are not exact or not LPT. */
type Shown = string | number
type Fields = Readonly<Record<string, Field>>

const whole = (min: bigint, max: bigint): Field => ({ unit: 'whole', min, max })
const SHARE = whole(0n, 1_000_000n)
const BILLIONTHS = whole(0n, 1_000_000_000n)
/** A round has to be awaited by people: a thousand are enough for any of these, and far below what contracts take. */
const ROUNDS = whole(1n, 1_000n)
/** Above any supply, and the contracts have room for it. */
const LPT_AMOUNT: Field = { unit: 'LPT', min: 0n, max: (10n ** 12n - 1n) * 10n ** 18n }
const VOTES_AMOUNT: Field = { unit: 'LPT', min: 0n, max: 10n ** 27n }
const TEN_YEARS_IN_SECONDS = 315_360_000n

const NUMBERS = {
  roundLength: whole(1n, 10_000_000n),
  roundLockAmount: SHARE,
  unbondingPeriod: ROUNDS,
  numActiveOrchestrators: whole(1n, 1_000n),
  unlockPeriod: ROUNDS,
  ticketValidityPeriod: ROUNDS,
  inflation: BILLIONTHS,
  inflationChange: BILLIONTHS,
  targetBondingRate: BILLIONTHS,
  treasuryRewardCutRate: whole(0n, 10n ** 27n),
  treasuryBalanceCeiling: LPT_AMOUNT,
} as const satisfies Fields

const GOVERNANCE = {
  votingDelay: whole(0n, 65_535n),
  votingPeriod: whole(1n, 65_535n),
  proposalThreshold: VOTES_AMOUNT,
  quorum: SHARE,
  quota: SHARE,
  minDelay: whole(0n, TEN_YEARS_IN_SECONDS),
} as const satisfies Fields

const VERIFIER = {
  slashAmount: whole(1n, 1_000_000n),
  finderFee: whole(0n, 500_000n),
  receiptValidity: ROUNDS,
  cooldown: ROUNDS,
  commitDelay: whole(1n, 7_200n),
} as const satisfies Fields

const CHOICES = {
  controllerOwner: ['deployer', 'governor'],
  stablecoin: ['none', 'test'],
} as const

const TOP = ['base', ...Object.keys(NUMBERS), ...Object.keys(CHOICES), 'governance', 'verifier']
const MAX_CHARACTERS = 100_000
const WHOLE_TEXT = /^(0|[1-9]\d{0,29})$/

/**
 * Reads `{"base": "mainnet", …}`: names and units are those of `ProtocolParams`, but amounts of LPT are decimal LPT in text
 * ("750000", "0.5"). Other numbers may be JSON numbers or digits in text. Whatever is left out is that of the base, which
 * is mainnet if it is not named. `polls` and `genesis` are no choices of a deployment.
 *
 * @throws {ParamsError} naming the field and its limits.
 */
export function parseParams(text: string): ProtocolParams {
  if (text.length > MAX_CHARACTERS) throw new ParamsError('', 'The file of parameters is too long.')
  const given = objectOf(jsonOf(text), '', TOP)
  const base = PARAM_SETS[choiceOf(given.base ?? 'mainnet', 'base', ['mainnet', 'devnet'])]
  const choice = <const name extends keyof typeof CHOICES>(name: name) =>
    choiceOf<(typeof CHOICES)[name][number]>(given[name] ?? base[name], name, CHOICES[name])
  return {
    ...base,
    ...numbersOf(given, '', NUMBERS, base),
    controllerOwner: choice('controllerOwner'),
    stablecoin: choice('stablecoin'),
    governance: groupOf(given.governance, 'governance', GOVERNANCE, base.governance),
    verifier: groupOf(given.verifier, 'verifier', VERIFIER, base.verifier),
  }
}

/** All values as `parseParams` reads them. */
export function paramsDocument(
  params: ProtocolParams,
): Readonly<Record<string, Shown | Readonly<Record<string, Shown>>>> {
  const shown = (
    fields: Fields,
    values: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, Shown>> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, { unit }]) => [name, shownNumber(unit, values[name])]),
    )
  return {
    ...shown(NUMBERS, params),
    controllerOwner: params.controllerOwner,
    stablecoin: params.stablecoin,
    governance: shown(GOVERNANCE, params.governance),
    verifier: shown(VERIFIER, params.verifier),
  }
}

function shownNumber(unit: Field['unit'], value: unknown): Shown {
  if (typeof value !== 'bigint') throw new ParamsError('', 'A parameter is no number.')
  if (unit === 'LPT') return lptText(value)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)
}

function groupOf<const name extends string>(
  value: unknown,
  at: string,
  fields: Readonly<Record<name, Field>>,
  base: NoInfer<Readonly<Record<name, bigint>>>,
): Readonly<Record<name, bigint>> {
  const given = value === undefined ? {} : objectOf(value, at, Object.keys(fields))
  return numbersOf(given, `${at}.`, fields, base)
}

function numbersOf<const name extends string>(
  given: Readonly<Record<string, unknown>>,
  prefix: string,
  fields: Readonly<Record<name, Field>>,
  base: NoInfer<Readonly<Record<name, bigint>>>,
): Readonly<Record<name, bigint>> {
  // The names of a literal object are those of its type.
  const names = Object.keys(fields) as name[]
  const entries = names.map((name) => {
    const value = given[name]
    return [name, value === undefined ? base[name] : numberOf(value, `${prefix}${name}`, fields[name])]
  })
  // Each name has an entry.
  return Object.fromEntries(entries) as Record<name, bigint>
}

function numberOf(value: unknown, field: string, { unit, min, max }: Field): bigint {
  const number = unit === 'LPT' ? parseLptText(value) : wholeOf(value)
  if (number !== undefined && number >= min && number <= max) return number
  const [low, high] = unit === 'LPT' ? [lptText(min), lptText(max)] : [min, max]
  const form = unit === 'LPT' ? 'LPT in text, like "750000" or "0.5",' : 'a whole number'
  throw new ParamsError(field, `${field} must be ${form} from ${low} to ${high}.`, {
    value: shownValue(value),
  })
}

function wholeOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined
  return typeof value === 'string' && WHOLE_TEXT.test(value) ? BigInt(value) : undefined
}

function choiceOf<const choice extends string>(
  value: unknown,
  field: string,
  choices: readonly choice[],
): choice {
  const found = choices.find((one) => one === value)
  if (found !== undefined) return found
  throw new ParamsError(field, `${field} must be ${choices.join(' or ')}.`, { value: shownValue(value) })
}

function objectOf(value: unknown, at: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const what = at || 'The file of parameters'
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ParamsError(at, `${what} must be a JSON object.`)
  const unknownName = Object.keys(value).find((name) => !names.includes(name))
  if (unknownName === undefined) return { ...value }
  const field = shownValue(unknownName)
  throw new ParamsError(field, `${what} has an unknown field ${field}.`, {}, `Known are ${names.join(', ')}.`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ParamsError('', 'The file of parameters is not JSON.')
  }
}

function shownValue(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
