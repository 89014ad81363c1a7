/** @module The treasury and the governor of the votes: set up as they are created, then tied to each other. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { encodeFunctionData, keccak256, toBytes } from 'viem'
import { treasuryBytecode } from '../abis/bytecode/treasury.ts'
import { livepeerGovernorAbi } from '../abis/livepeer-governor.ts'
import { treasuryAbi } from '../abis/treasury.ts'
import { Contract } from '../contract.ts'
import { proxyOf } from './creations.ts'
import type { Creation, Deployer, Setting } from './deployer.ts'
import { TakenOverError } from './errors.ts'
import type { ProtocolParams } from './params.ts'

const TREASURY_ROLES = ['PROPOSER_ROLE', 'CANCELLER_ROLE', 'EXECUTOR_ROLE'].map((name) => ({
  name,
  role: keccak256(toBytes(name)),
}))
const ADMIN_ROLE = keccak256(toBytes('TIMELOCK_ADMIN_ROLE'))

/**
 * Nobody can propose or execute yet, and `admin` alone can say who may. The governor cannot be named here: to be created
 * it needs the treasury.
 */
export function treasuryCreation(admin: Address, { governance }: ProtocolParams): Creation {
  const args = [governance.minDelay, [], [], admin] as const
  const firstCall = encodeFunctionData({ abi: treasuryAbi, functionName: 'initialize', args })
  return { name: 'Treasury', initCode: treasuryBytecode, firstCall }
}

/**
 * Creates the governor and gives it, and nobody else, the treasury. Needs the registered Treasury, BondingVotes and
 * LivepeerGovernorTarget, and rounds, in which votes are counted.
 *
 * @returns the step that ends the deployer's power over the treasury.
 * @throws {TakenOverError} when the governor or the treasury that is registered was set up by somebody else.
 */
export async function establishGovernance(deployer: Deployer, params: ProtocolParams): Promise<Setting> {
  const addressOf = await deployer.ensureAll([governorCreation(deployer.controller, params)])
  const at = {
    governor: addressOf('LivepeerGovernor'),
    treasury: (await deployer.find('Treasury')) ?? ZERO_ADDRESS,
    votes: (await deployer.find('BondingVotes')) ?? ZERO_ADDRESS,
  }
  await assertGovernor(deployer, at, params)
  const treasury = new Contract(deployer.client, { name: 'Treasury', address: at.treasury, abi: treasuryAbi })
  const self = deployer.transactions.address
  const isAdmin = () => treasury.read('hasRole', [ADMIN_ROLE, self])
  const holds = await Promise.all(
    TREASURY_ROLES.map(({ role }) => treasury.read('hasRole', [role, at.governor])),
  )
  if (!(await isAdmin()) && holds.includes(false)) {
    const facts = { contract: 'Treasury', address: at.treasury, value: 'administrator' }
    throw new TakenOverError({ ...facts, found: 'another account', wanted: self })
  }
  await deployer.configure(
    TREASURY_ROLES.map(({ name, role }, i) => ({
      isDone: async () => holds[i] === true,
      call: () => ({
        ...treasury.write('grantRole', [role, at.governor]),
        what: `Treasury.grantRole ${name} to LivepeerGovernor`,
      }),
    })),
  )
  return {
    isDone: async () => !(await isAdmin()),
    call: () => ({
      ...treasury.write('renounceRole', [ADMIN_ROLE, self]),
      what: 'Treasury.renounceRole TIMELOCK_ADMIN_ROLE',
    }),
  }
}

function governorCreation(controller: Address, { governance }: ProtocolParams): Creation {
  const { votingDelay, votingPeriod, proposalThreshold, quorum, quota } = governance
  const args = [votingDelay, votingPeriod, proposalThreshold, quorum, quota] as const
  const firstCall = encodeFunctionData({ abi: livepeerGovernorAbi, functionName: 'initialize', args })
  return { ...proxyOf(controller, 'LivepeerGovernor'), firstCall }
}

/** @throws {TakenOverError} naming the first value that is not the wanted one. */
async function assertGovernor(
  { client }: Deployer,
  at: { readonly governor: Address; readonly treasury: Address; readonly votes: Address },
  { governance }: ProtocolParams,
): Promise<void> {
  const contract = { name: 'LivepeerGovernor', address: at.governor, abi: livepeerGovernorAbi } as const
  const governor = new Contract(client, contract)
  const wanted = {
    timelock: at.treasury,
    token: at.votes,
    votingDelay: governance.votingDelay,
    votingPeriod: governance.votingPeriod,
    proposalThreshold: governance.proposalThreshold,
    quorumNumerator: governance.quorum,
    quota: governance.quota,
  } as const
  // The keys are functions of the ABI, as the compiler checks below.
  const names = Object.keys(wanted) as (keyof typeof wanted)[]
  const found = await Promise.all(names.map((name) => governor.read(name, [])))
  for (const [i, value] of names.entries()) {
    const [is, should] = [found[i]!, wanted[value]]
    const isSame =
      typeof is === 'string' && typeof should === 'string' ? sameAddress(is, should) : is === should
    if (isSame) continue
    const facts = { contract: contract.name, address: at.governor, value }
    throw new TakenOverError({ ...facts, found: String(is), wanted: String(should) })
  }
}
