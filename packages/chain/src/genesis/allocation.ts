/** @module How the genesis supply is split: read from a JSON file, checked to the wei. */
import { type Address, address, hasPlausibleCase, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { BaseError } from '@tessera/runtime/errors'
import { lptText, parseLptText } from '../lpt-text.ts'
import { GenesisPlanError } from './errors.ts'

/** Tokens of one person that vest; see the contract VestingGrant. */
export type Grant = {
  readonly beneficiary: Address
  /** LPT wei. */
  readonly amount: bigint
  /** Unix seconds from which it grows. */
  readonly startSeconds: number
  /** From the start; nothing is paid before. */
  readonly cliffSeconds: number
  /** From the start to the last token. */
  readonly durationSeconds: number
}

export type Allocation = {
  /** LPT wei that exist at the start: community, team and early developers together. */
  readonly supply: bigint
  /** LPT wei for the mine, divided equally among the accounts of the list. */
  readonly community: bigint
  readonly team: readonly Grant[]
  readonly earlyDevelopers: readonly Grant[]
  /** Smallest balance, in wei, of an account of the list; 0 = no threshold. */
  readonly balanceThreshold: bigint
  /** Block of the balances. */
  readonly genesisBlock: bigint
  /** Blocks after the genesis block in which only the accounts themselves can generate their share. */
  readonly cliffBlocks: bigint
  /** Blocks over which a caller's part grows from nothing to all. */
  readonly callerPeriodBlocks: bigint
}

const FIELDS = [
  'supply',
  'community',
  'team',
  'earlyDevelopers',
  'balanceThreshold',
  'genesisBlock',
  'cliffBlocks',
  'callerPeriodBlocks',
] as const
const GRANT_FIELDS = ['beneficiary', 'amount', 'startSeconds', 'cliffSeconds', 'durationSeconds'] as const
const MAX_PLAN_BYTES = 4_000_000
const WEI_TEXT = /^(0|[1-9]\d{0,77})$/
/** Seconds of 100 years; start times end in the year 5138. */
const MAX_DURATION = 3_153_600_000
const MAX_START = 100_000_000_000

/**
 * Reads a plan: `supply`, `community` and the grants' `amount` as decimal LPT in text ("6343700" or "0.5"),
 * `balanceThreshold` as wei in text, blocks and seconds as numbers. Unknown fields are errors.
 *
 * @throws {GenesisPlanError} naming the field.
 */
export function parseAllocation(text: string): Allocation {
  if (text.length > MAX_PLAN_BYTES)
    throw new GenesisPlanError('', 'The plan is too long.', {
      characters: text.length,
      limit: MAX_PLAN_BYTES,
    })
  const plan = objectOf(parseJson(text), 'plan', FIELDS)
  return checkAllocation({
    supply: lptOf(plan.supply, 'supply'),
    community: lptOf(plan.community, 'community'),
    team: grantsOf(plan.team, 'team'),
    earlyDevelopers: grantsOf(plan.earlyDevelopers, 'earlyDevelopers'),
    balanceThreshold: weiOf(plan.balanceThreshold, 'balanceThreshold'),
    genesisBlock: BigInt(integerOf(plan.genesisBlock, 'genesisBlock', 0)),
    cliffBlocks: BigInt(integerOf(plan.cliffBlocks, 'cliffBlocks', 1)),
    callerPeriodBlocks: BigInt(integerOf(plan.callerPeriodBlocks, 'callerPeriodBlocks', 1)),
  })
}

/** @throws {GenesisPlanError} unless the parts are the supply, to the wei. */
export function checkAllocation(allocation: Allocation): Allocation {
  const { supply, community, team, earlyDevelopers } = allocation
  const parts = community + sumOf(team) + sumOf(earlyDevelopers)
  if (parts !== supply) {
    throw new GenesisPlanError(
      'supply',
      `The parts of the supply add up to ${lptText(parts)} LPT, and the supply is ${lptText(supply)} LPT.`,
      {
        supply,
        community,
        team: sumOf(team),
        earlyDevelopers: sumOf(earlyDevelopers),
        difference: supply - parts,
      },
      `Change the community part, a grant or the supply by ${lptText(parts > supply ? parts - supply : supply - parts)} LPT.`,
    )
  }
  if (community === 0n) throw new GenesisPlanError('community', 'The community gets nothing.')
  return allocation
}

export function sumOf(grants: readonly Grant[]): bigint {
  return grants.reduce((sum, { amount }) => sum + amount, 0n)
}

function grantsOf(value: unknown, field: string): readonly Grant[] {
  if (!Array.isArray(value)) throw new GenesisPlanError(field, `${field} must be a list of grants.`)
  return value.map((item: unknown, i) => {
    const at = `${field}[${i}]`
    const grant = objectOf(item, at, GRANT_FIELDS)
    const amount = lptOf(grant.amount, `${at}.amount`)
    if (amount === 0n) throw new GenesisPlanError(`${at}.amount`, `${at} is a grant of nothing.`)
    const durationSeconds = integerOf(grant.durationSeconds, `${at}.durationSeconds`, 0, MAX_DURATION)
    return {
      beneficiary: beneficiaryOf(grant.beneficiary, `${at}.beneficiary`),
      amount,
      startSeconds: integerOf(grant.startSeconds, `${at}.startSeconds`, 0, MAX_START),
      cliffSeconds: integerOf(grant.cliffSeconds, `${at}.cliffSeconds`, 0, durationSeconds),
      durationSeconds,
    }
  })
}

/** Checksummed or all in one case, never zero. */
function beneficiaryOf(value: unknown, field: string): Address {
  const isHex = typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
  if (!isHex) throw new GenesisPlanError(field, `${field} must be an address: 0x and 40 hexadecimal digits.`)
  const account = address(value)
  if (!hasPlausibleCase(value))
    throw new GenesisPlanError(field, `${field} does not have its checksum (EIP-55): a digit may be wrong.`, {
      value,
    })
  if (sameAddress(account, ZERO_ADDRESS)) throw new GenesisPlanError(field, `${field} is the zero address.`)
  return account
}

function lptOf(value: unknown, field: string): bigint {
  const amount = parseLptText(value)
  if (amount === undefined)
    throw new GenesisPlanError(
      field,
      `${field} must be LPT in text, like "1250" or "0.5" (at most 18 decimals).`,
    )
  return amount
}

function weiOf(value: unknown, field: string): bigint {
  if (typeof value !== 'string' || !WEI_TEXT.test(value))
    throw new GenesisPlanError(
      field,
      `${field} must be a whole number of wei in text, like "100000000000000000".`,
    )
  return BigInt(value)
}

function integerOf(value: unknown, field: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
    throw new GenesisPlanError(field, `${field} must be a whole number from ${min} to ${max}.`)
  return value
}

function objectOf<const name extends string>(
  value: unknown,
  at: string,
  names: readonly name[],
): Readonly<Record<name, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GenesisPlanError(at, `${at} must be an object.`)
  const unknownName = Object.keys(value).find((name) => !names.some((known) => known === name))
  if (unknownName !== undefined)
    throw new GenesisPlanError(
      `${at}.${unknownName.slice(0, 60)}`,
      `${at} has an unknown field ${JSON.stringify(unknownName.slice(0, 60))}.`,
      {},
      `Known are ${names.join(', ')}.`,
    )
  // Missing names read as undefined, which every reader above refuses.
  return value as Readonly<Record<name, unknown>>
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new GenesisPlanError('', 'The plan is not JSON.', {
      why: BaseError.isInstance(error) ? error.message : String(error).slice(0, 200),
    })
  }
}
