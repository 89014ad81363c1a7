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
import { pollCreatorBytecode } from '../abis/bytecode/poll-creator.ts'
import { roundsManagerBytecode } from '../abis/bytecode/rounds-manager.ts'
import { serviceRegistryBytecode } from '../abis/bytecode/service-registry.ts'
import { slashingBytecode } from '../abis/bytecode/slashing.ts'
import { stablecoinTicketBrokerBytecode } from '../abis/bytecode/stablecoin-ticket-broker.ts'
import { termsBytecode } from '../abis/bytecode/terms.ts'
import { testStablecoinBytecode } from '../abis/bytecode/test-stablecoin.ts'
import { ticketBrokerBytecode } from '../abis/bytecode/ticket-broker.ts'
import { unbondingLocksBytecode } from '../abis/bytecode/unbonding-locks.ts'
import { verifierBytecode } from '../abis/bytecode/verifier.ts'
import { contractId } from '../addresses.ts'
import type { Creation } from './deployer.ts'
import type { ProtocolParams } from './params.ts'

/** Contracts that need none of the others to be created: they find each other through the Controller. */
export function independentContracts(controller: Address, params: ProtocolParams): readonly Creation[] {
  const { inflation, inflationChange, targetBondingRate, verifier } = params
  const own = (bytecode: Hex) => withWords(bytecode, [controller])
  const { slashAmount, finderFee, receiptValidity, cooldown, commitDelay } = verifier
  const judgement = [slashAmount, finderFee, receiptValidity, cooldown, commitDelay]
  return [
    { name: 'LivepeerToken', initCode: livepeerTokenBytecode },
    {
      name: 'Minter',
      initCode: withWords(minterBytecode, [controller, inflation, inflationChange, targetBondingRate]),
    },
    { name: 'Governor', initCode: governorBytecode },
    { name: 'MerkleSnapshot', initCode: own(merkleSnapshotBytecode) },
    { name: 'AIServiceRegistry', initCode: own(serviceRegistryBytecode) },
    { name: 'StandbyVerifier', initCode: withWords(verifierBytecode, [controller, ...judgement]) },
    { name: 'BondingVotesTarget', initCode: own(bondingVotesBytecode) },
    { name: 'LivepeerGovernorTarget', initCode: own(livepeerGovernorBytecode) },
    { name: 'RoundsManagerTarget', initCode: own(roundsManagerBytecode) },
    { name: 'ServiceRegistryTarget', initCode: own(serviceRegistryBytecode) },
    { name: 'TicketBrokerTarget', initCode: own(ticketBrokerBytecode) },
    ...['BondingManager', 'BondingVotes', 'RoundsManager', 'ServiceRegistry', 'TicketBroker'].map((name) =>
      proxyOf(controller, name),
    ),
    { name: 'UnbondingLocks', initCode: unbondingLocksBytecode, linkedInto: 'BondingManagerTarget' },
    { name: 'Slashing', initCode: slashingBytecode, linkedInto: 'BondingManagerTarget' },
    { name: 'Terms', initCode: termsBytecode, linkedInto: 'BondingManagerTarget' },
  ]
}

/** Contracts whose creation code holds the address of one of the others. */
export function dependentContracts(controller: Address): readonly Creation[] {
  return [
    {
      name: 'BondingManagerTarget',
      initCode: (addressOf) => {
        const [UnbondingLocks, Slashing, Terms] = ['UnbondingLocks', 'Slashing', 'Terms'].map(addressOf)
        const linked = { UnbondingLocks: UnbondingLocks!, Slashing: Slashing!, Terms: Terms! }
        return withWords(bondingManagerBytecode(linked), [controller])
      },
    },
    {
      name: 'PollCreator',
      initCode: (addressOf) => withWords(pollCreatorBytecode, [addressOf('BondingManager')]),
    },
  ]
}

/** A dollar that `owner` can mint, and then the broker for it. */
export function stablecoinContracts(
  controller: Address,
  owner: Address,
): { readonly token: readonly Creation[]; readonly broker: readonly Creation[] } {
  const implementation: Creation = {
    name: 'StablecoinTicketBrokerTarget',
    initCode: (addressOf) =>
      withWords(stablecoinTicketBrokerBytecode, [controller, addressOf('TestStablecoin')]),
  }
  return {
    token: [
      { name: 'TestStablecoin', initCode: withWords(testStablecoinBytecode, [owner]) },
      proxyOf(controller, 'StablecoinTicketBroker'),
    ],
    broker: [implementation],
  }
}

/** Runs the code registered as `<Name>Target`, which can be replaced. */
export function proxyOf(controller: Address, name: string): Creation {
  const proxyArguments = encodeAbiParameters(
    [{ type: 'address' }, { type: 'bytes32' }],
    [controller, contractId(`${name}Target`)],
  )
  return { name, initCode: concatHex([managerProxyBytecode, proxyArguments]) }
}

/** Creation code with arguments that are accounts or numbers. */
function withWords(bytecode: Hex, words: readonly (Hex | bigint)[]): Hex {
  const types = words.map((word) => ({ type: typeof word === 'bigint' ? 'uint256' : 'address' }))
  return concatHex([bytecode, encodeAbiParameters(types, words)])
}
