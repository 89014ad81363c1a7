/** @module A recorded scenario: its start, its steps, its events as text. */
import { type Address, address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { mainnetParams } from '../../deploy/params.ts'
import type { ProtocolEvent } from '../events.ts'
import { createProtocol, type ModelParams, type Protocol } from '../protocol.ts'
import { ACTORS, type AccountName, addressOf, cut, nameOf } from './names.suite.ts'

export type ScenarioConfig = {
  readonly inflation: string
  readonly inflationChange: string
  readonly targetBondingRate: string
  readonly initialSupply: string
  readonly unbondingPeriod: string
  readonly numActiveTranscoders: string
  /** LPT wei that each actor holds; 20,000 LPT unless said. */
  readonly each?: string
  /** Whether BondingVotes is registered; yes unless said. */
  readonly keepsVotes?: boolean
}

/** `keys` and `values` are parallel: what the step changed. An empty `revert` for success. */
export type Step = {
  readonly by: AccountName
  readonly op: string
  readonly args: readonly string[]
  readonly revert: string
  /** Of `initializeRound`: the round to move to before, if not the present one. */
  readonly round: string
  readonly events: readonly string[]
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** Of generated steps: keccak256 of the whole state after it, see `digestOf`. */
  readonly digest?: Hex
}

const LPT = 10n ** 18n
const FIRST_ROUND = 1000n
const ROUND_LENGTH = 50n

/** The situation before the first step. */
export function startScenario(config: ScenarioConfig): Protocol {
  const params: ModelParams = {
    ...mainnetParams,
    roundLength: ROUND_LENGTH,
    unbondingPeriod: BigInt(config.unbondingPeriod),
    numActiveOrchestrators: BigInt(config.numActiveTranscoders),
    inflation: BigInt(config.inflation),
    inflationChange: BigInt(config.inflationChange),
    targetBondingRate: BigInt(config.targetBondingRate),
    treasuryRewardCutRate: 0n,
    treasuryBalanceCeiling: 0n,
  }
  const each = BigInt(config.each ?? 20_000n * LPT)
  const rest = BigInt(config.initialSupply) - each * BigInt(ACTORS.length)
  return createProtocol(params, {
    accounts: {
      owner: addressOf('deployer'),
      minter: addressOf('MINTER'),
      treasury: addressOf('TREASURY'),
      verifier: addressOf('X'),
    },
    block: FIRST_ROUND * ROUND_LENGTH,
    keepsVotes: config.keepsVotes ?? true,
    balances: [
      [addressOf('deployer'), rest],
      ...ACTORS.map((name): [Address, bigint] => [addressOf(name), each]),
    ],
  })
}

export function eventText({ name, args }: ProtocolEvent): string {
  const values = Object.values(args).map((value: bigint | boolean | string) => {
    const text = String(value)
    return /^0x[0-9a-fA-F]{40}$/.test(text) ? nameOf(address(text)) : cut(text)
  })
  return `${name}(${values.join(',')})`
}
