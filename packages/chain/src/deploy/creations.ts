/** @module What a deployment creates, by the name under which the Controller then knows it. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { concatHex, encodeAbiParameters } from 'viem'
import { bondingManagerBytecode } from '../abis/bytecode/bonding-manager.ts'
import { bondingVotesBytecode } from '../abis/bytecode/bonding-votes.ts'
import { governorBytecode } from '../abis/bytecode/governor.ts'
import { livepeerGovernorBytecode } from '../abis/bytecode/livepeer-governor.ts'
import { livepeerTokenBytecode } from '../abis/bytecode/livepeer-token.ts'
import { managerProxyBytecode } from '../abis/bytecode/manager-proxy.ts'
import { merkleSnapshotBytecode } from '../abis/bytecode/merkle-snapshot.ts'
import { minterBytecode } from '../abis/bytecode/minter.ts'
import { roundsManagerBytecode } from '../abis/bytecode/rounds-manager.ts'
import { serviceRegistryBytecode } from '../abis/bytecode/service-registry.ts'
import { slashingBytecode } from '../abis/bytecode/slashing.ts'
import { termsBytecode } from '../abis/bytecode/terms.ts'
import { ticketBrokerBytecode } from '../abis/bytecode/ticket-broker.ts'
import { treasuryBytecode } from '../abis/bytecode/treasury.ts'
import { unbondingLocksBytecode } from '../abis/bytecode/unbonding-locks.ts'
import { verifierBytecode } from '../abis/bytecode/verifier.ts'
import { contractId } from '../addresses.ts'
import { createContract, type Deployer, type InitCode } from './deployer.ts'
import type { ProtocolParams } from './params.ts'

/** Behind a proxy, and so replaceable: creation code without the constructor's argument, the Controller. */
const PROXIED: Readonly<Record<string, InitCode>> = {
  BondingManager: linkedBondingManager,
  BondingVotes: bondingVotesBytecode,
  LivepeerGovernor: livepeerGovernorBytecode,
  RoundsManager: roundsManagerBytecode,
  ServiceRegistry: serviceRegistryBytecode,
  TicketBroker: ticketBrokerBytecode,
}

/** Contracts that need none of the others to be created: they find each other through the Controller. */
export function creations(controller: Address, params: ProtocolParams): ReadonlyMap<string, InitCode> {
  const { inflation, inflationChange, targetBondingRate, verifier } = params
  const withController = (bytecode: Hex) => withWords(bytecode, [controller])
  return new Map<string, InitCode>([
    ['LivepeerToken', livepeerTokenBytecode],
    ['Minter', withWords(minterBytecode, [controller, inflation, inflationChange, targetBondingRate])],
    ['Treasury', treasuryBytecode],
    ['Governor', governorBytecode],
    ['MerkleSnapshot', withController(merkleSnapshotBytecode)],
    ['AIServiceRegistry', withController(serviceRegistryBytecode)],
    [
      'StandbyVerifier',
      withWords(verifierBytecode, [
        controller,
        verifier.slashAmount,
        verifier.finderFee,
        verifier.receiptValidity,
        verifier.cooldown,
        verifier.commitDelay,
      ]),
    ],
    ...Object.entries(PROXIED).flatMap(([name, code]) =>
      behindProxy(controller, name, async (deployer) =>
        withController(typeof code === 'string' ? code : await code(deployer)),
      ),
    ),
  ])
}

/** The implementation under `<Name>Target`, its proxy under `<Name>`. */
export function behindProxy(
  controller: Address,
  name: string,
  implementation: InitCode,
): readonly (readonly [string, InitCode])[] {
  const proxyArguments = encodeAbiParameters(
    [{ type: 'address' }, { type: 'bytes32' }],
    [controller, contractId(`${name}Target`)],
  )
  return [
    [`${name}Target`, implementation],
    [name, concatHex([managerProxyBytecode, proxyArguments])],
  ]
}

/** Creation code with arguments that are accounts or numbers. */
export function withWords(bytecode: Hex, words: readonly (Hex | bigint)[]): Hex {
  const types = words.map((word) => ({ type: typeof word === 'bigint' ? 'uint256' : 'address' }))
  return concatHex([bytecode, encodeAbiParameters(types, words)])
}

/** Creates the libraries of the BondingManager. Nothing registers them: a new BondingManager brings its own. */
async function linkedBondingManager({ transactions }: Deployer): Promise<Hex> {
  const [UnbondingLocks, Slashing, Terms] = await Promise.all([
    createContract(transactions, 'UnbondingLocks', unbondingLocksBytecode),
    createContract(transactions, 'Slashing', slashingBytecode),
    createContract(transactions, 'Terms', termsBytecode),
  ])
  return bondingManagerBytecode({ UnbondingLocks, Slashing, Terms })
}
