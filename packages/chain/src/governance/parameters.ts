/** @module Parameters that governance can set, by name. */
import { sameAddress } from '@tessera/protocol/address'
import { decodeFunctionData, encodeFunctionData } from 'viem'
import type { TransactionCall } from '../transaction-call.ts'
import { GOVERNED_ABIS, type GovernedAddresses, type GovernedName } from './contract-abis.ts'
import type { ProposalAction } from './proposal.ts'

/** How people write the value: a whole number, LPT, or percent, which contracts count in 10^-6, 10^-9 or 10^-27. */
export type ParameterUnit = 'number' | 'lpt' | 'millionths' | 'billionths' | 'ray'

export type Parameter = {
  readonly contract: Exclude<GovernedName, 'Governor'>
  /** Takes the value as its only argument. */
  readonly setter: string
  readonly unit: ParameterUnit
  /** For people. */
  readonly meaning: string
  /** Both inclusive, in the contract's unit: only where its calls can't be simulated, which are the governor's of itself. */
  readonly limits?: { readonly least: bigint; readonly most: bigint }
}

function parameter(
  contract: Parameter['contract'],
  setter: string,
  unit: ParameterUnit,
  meaning: string,
  limits?: Parameter['limits'],
): Parameter {
  return { contract, setter, unit, meaning, ...(limits && { limits }) }
}

/** Of OpenZeppelin's governor and ours: rounds fit into 16 bits, stakes into 96, and a quorum is a part of all votes. */
const MAX_ROUNDS = (1n << 16n) - 1n
const MAX_STAKE = (1n << 96n) - 1n
const ALL_VOTES = 1_000_000n

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  'governor.votingDelay': parameter(
    'LivepeerGovernor',
    'setVotingDelay',
    'number',
    'rounds before the voting',
    { least: 0n, most: MAX_ROUNDS },
  ),
  'governor.votingPeriod': parameter('LivepeerGovernor', 'setVotingPeriod', 'number', 'rounds of voting', {
    least: 1n,
    most: MAX_ROUNDS,
  }),
  'governor.threshold': parameter(
    'LivepeerGovernor',
    'setProposalThreshold',
    'lpt',
    'stake of who proposes',
    { least: 0n, most: MAX_STAKE },
  ),
  'governor.quorum': parameter(
    'LivepeerGovernor',
    'updateQuorumNumerator',
    'millionths',
    'part of the stake that must vote',
    { least: 0n, most: ALL_VOTES },
  ),
  'treasury.delay': parameter('Treasury', 'updateDelay', 'number', 'seconds from queueing to executing'),
  'staking.unbondingPeriod': parameter(
    'BondingManager',
    'setUnbondingPeriod',
    'number',
    'rounds until stake is free',
  ),
  'staking.poolSize': parameter(
    'BondingManager',
    'setNumActiveTranscoders',
    'number',
    'orchestrators in the pool',
  ),
  'staking.treasuryCut': parameter(
    'BondingManager',
    'setTreasuryRewardCutRate',
    'ray',
    'rewards for the treasury',
  ),
  'staking.treasuryCeiling': parameter(
    'BondingManager',
    'setTreasuryBalanceCeiling',
    'lpt',
    'balance of the treasury at which its part stops',
  ),
  'minting.inflationChange': parameter(
    'Minter',
    'setInflationChange',
    'billionths',
    'step of inflation a round',
  ),
  'minting.target': parameter(
    'Minter',
    'setTargetBondingRate',
    'billionths',
    'part of the supply to be bonded',
  ),
  'rounds.length': parameter('RoundsManager', 'setRoundLength', 'number', 'blocks in a round'),
  'rounds.lock': parameter(
    'RoundsManager',
    'setRoundLockAmount',
    'millionths',
    'locked last part of a round',
  ),
  'tickets.unlockPeriod': parameter(
    'TicketBroker',
    'setUnlockPeriod',
    'number',
    'rounds until deposits are free',
  ),
  'tickets.validity': parameter(
    'TicketBroker',
    'setTicketValidityPeriod',
    'number',
    'rounds a ticket is valid',
  ),
}

/** The call that sets it. @throws {RangeError} for a name that is none, or a value that the contract cannot take. */
export function settingCall(name: string, value: bigint, at: GovernedAddresses): TransactionCall {
  const found = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
  if (!found) throw new RangeError(`There is no parameter ${name}.`)
  const { contract, setter } = found
  const data = encodeFunctionData({ abi: GOVERNED_ABIS[contract], functionName: setter, args: [value] })
  return { to: at[contract], data, value: 0n, what: `${contract}.${setter}` }
}

export type Setting = { readonly name: string; readonly parameter: Parameter; readonly value: bigint }

/** The parameter that a call sets, however the call was written; undefined for every other call. */
export function settingIn({ target, data }: ProposalAction, at: GovernedAddresses): Setting | undefined {
  for (const [name, found] of Object.entries(PARAMETERS)) {
    if (!sameAddress(at[found.contract], target)) continue
    try {
      const { functionName, args } = decodeFunctionData({ abi: GOVERNED_ABIS[found.contract], data })
      // Small integers are decoded as numbers.
      const value: unknown = args?.[0]
      if (functionName !== found.setter || (typeof value !== 'bigint' && typeof value !== 'number')) continue
      return { name, parameter: found, value: BigInt(value) }
    } catch {
      return undefined
    }
  }
  return undefined
}
