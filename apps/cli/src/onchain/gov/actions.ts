/** @module The actions of a proposal, as people write them. */
import { readFileSync } from 'node:fs'
import { LivepeerToken } from '@tessera/chain/contracts/token'
import { PARAMETERS, type Parameter, type Setting, settingCall } from '@tessera/chain/governance/parameters'
import { actionOf, type ProposalAction } from '@tessera/chain/governance/proposal'
import type { Hex } from '@tessera/runtime/bytes'
import { formatUnits, parseLpt, parseUnits } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import { UsageError } from '../problems.ts'
import type { ChainSession } from '../session.ts'
import type { Governance } from './governance.ts'

export type ActionOptions = {
  /** `LPT:ACCOUNT` */
  readonly transfer: readonly string[]
  /** `NAME=VALUE` */
  readonly set: readonly string[]
  /** `TARGET:CALLDATA` or `TARGET:CALLDATA:ETH` */
  readonly call: readonly string[]
}

const DECIMALS = { number: 0, lpt: 18, millionths: 4, billionths: 7, ray: 25 } as const
const MAX_TEXT_BYTES = 64 * 1024

/** Transfers first, then settings, then calls. @throws {UsageError} naming what is malformed. */
export async function parseActions(
  session: ChainSession,
  governance: Governance,
  options: ActionOptions,
): Promise<readonly ProposalAction[]> {
  const transfers = await Promise.all(options.transfer.map((text) => transferOf(session, governance, text)))
  const actions = [
    ...transfers,
    ...options.set.map((text) => settingOf(governance, text)),
    ...options.call.map(callOf),
  ]
  if (actions.length > 0) return actions
  throw new UsageError(
    'The proposal does nothing.',
    'Give --transfer LPT:ACCOUNT, --set NAME=VALUE or --call TARGET:CALLDATA.',
  )
}

/** Title as heading, and the text of a file below it. */
export function descriptionOf(title: string, file: string | undefined): string {
  if (title.trim() === '' || /[\r\n]/.test(title)) throw new UsageError('The title must be one line of text.')
  if (file === undefined) return `# ${title.trim()}`
  const text = attempt(() => readFileSync(file, 'utf8'), `Cannot read ${file}.`)
  if (text.length > MAX_TEXT_BYTES) throw new UsageError(`${file} is longer than 64 KiB.`)
  return `# ${title.trim()}\n\n${text.trim()}`
}

async function transferOf(
  session: ChainSession,
  { addresses }: Governance,
  text: string,
): Promise<ProposalAction> {
  const [amount = '', to = '', ...rest] = text.split(':')
  if (to === '' || rest.length > 0) throw new UsageError(`${text} is not LPT:ACCOUNT.`, 'Write 100:0x…')
  const sum = attempt(() => parseLpt(amount), `${amount} is no amount of LPT.`)
  const token = new LivepeerToken(session.client, addresses.LivepeerToken)
  return actionOf(token.transfer(await session.address(to), sum))
}

function settingOf({ addresses }: Governance, text: string): ProposalAction {
  const [name = '', value = '', ...rest] = text.split('=')
  const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
  if (value === '' || rest.length > 0) {
    throw new UsageError(`${text} is not NAME=VALUE.`, 'tessera gov propose --help lists the names.')
  }
  if (!parameter) {
    throw new UsageError(
      `There is no parameter ${JSON.stringify(name)}.`,
      `They are called ${Object.keys(PARAMETERS).join(', ')}.`,
    )
  }
  const number = settingValue(name, value, parameter)
  return attempt(() => actionOf(settingCall(name, number, addresses)), `The value of ${name} is too large.`)
}

/** In the contract's unit. @throws {UsageError} for what is no such amount, or one that the contract is known to refuse. */
export function settingValue(name: string, text: string, parameter: Parameter): bigint {
  const { unit } = parameter
  const written = unit === 'number' ? 'a whole number' : unit === 'lpt' ? 'LPT' : 'percent'
  const value = attempt(() => parseUnits(text, DECIMALS[unit]), `The value of ${name} must be ${written}.`)
  const wrong = outOfLimits({ name, parameter, value })
  if (wrong !== undefined) throw new UsageError(`${wrong}.`)
  return value
}

/** What is wrong with a value that the contract is known to refuse, without a full stop. */
export function outOfLimits({ name, parameter, value }: Setting): string | undefined {
  const { unit, limits } = parameter
  if (!limits || (value >= limits.least && value <= limits.most)) return undefined
  const suffix = unit === 'number' ? '' : unit === 'lpt' ? ' LPT' : ' %'
  const [least, most, is] = [limits.least, limits.most, value].map((one) => formatUnits(one, DECIMALS[unit]))
  return `The value of ${name} must be from ${least} to ${most}${suffix}, and is ${is}`
}

function callOf(text: string): ProposalAction {
  const [target = '', data = '', ether = '0', ...rest] = text.split(':')
  if (!/^0x([0-9a-fA-F]{2})*$/.test(data) || rest.length > 0) {
    throw new UsageError(`${text} is not TARGET:CALLDATA or TARGET:CALLDATA:ETH.`)
  }
  const value = attempt(() => parseUnits(ether), `${ether} is no amount of ETH.`)
  // Checked to be hex above.
  return { target: checkedAddress(target), value, data: data as Hex }
}

function attempt<T>(work: () => T, otherwise: string): T {
  try {
    return work()
  } catch {
    throw new UsageError(otherwise)
  }
}
