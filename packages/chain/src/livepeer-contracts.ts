/** @module The contracts of one deployment, found through its Controller. */
import type { Address } from '@tessera/protocol/address'
import type { Abi } from 'viem'
import { bondingVotesAbi } from './abis/bonding-votes.ts'
import { governorAbi } from './abis/governor.ts'
import { livepeerGovernorAbi } from './abis/livepeer-governor.ts'
import { pollCreatorAbi } from './abis/poll-creator.ts'
import { treasuryAbi } from './abis/treasury.ts'
import { type ContractAddresses, discoverAddresses, type OptionalContractName } from './addresses.ts'
import type { ChainClient } from './client.ts'
import { Contract } from './contract.ts'
import { BondingManager } from './contracts/bonding-manager.ts'
import { Minter } from './contracts/minter.ts'
import { RoundsManager } from './contracts/rounds-manager.ts'
import { ServiceRegistry } from './contracts/service-registry.ts'
import { TicketBroker } from './contracts/ticket-broker.ts'
import { LivepeerToken } from './contracts/token.ts'

export type LivepeerContracts = {
  readonly addresses: ContractAddresses
  readonly bondingManager: BondingManager
  readonly ticketBroker: TicketBroker
  readonly roundsManager: RoundsManager
  readonly serviceRegistry: ServiceRegistry
  readonly token: LivepeerToken
  readonly minter: Minter
  readonly optional: OptionalContracts
}

/** Contracts that a deployment may lack; mainnet registers only the first three at its Controller. */
type OptionalContracts = {
  readonly bondingVotes?: Contract<typeof bondingVotesAbi>
  readonly livepeerGovernor?: Contract<typeof livepeerGovernorAbi>
  readonly treasury?: Contract<typeof treasuryAbi>
  /** Staged updates of the protocol, not votes. */
  readonly governor?: Contract<typeof governorAbi>
  readonly pollCreator?: Contract<typeof pollCreatorAbi>
  readonly aiServiceRegistry?: ServiceRegistry
}

/** @throws as `discoverAddresses`. */
export async function connectContracts(client: ChainClient, controller: Address): Promise<LivepeerContracts> {
  return contractsAt(client, await discoverAddresses(client, controller))
}

export function contractsAt(client: ChainClient, addresses: ContractAddresses): LivepeerContracts {
  return {
    addresses,
    bondingManager: new BondingManager(client, addresses.BondingManager),
    ticketBroker: new TicketBroker(client, addresses.TicketBroker),
    roundsManager: new RoundsManager(client, addresses.RoundsManager),
    serviceRegistry: new ServiceRegistry(client, addresses.ServiceRegistry),
    token: new LivepeerToken(client, addresses.LivepeerToken),
    minter: new Minter(client, addresses.Minter),
    optional: optionalContracts(client, addresses),
  }
}

function optionalContracts(client: ChainClient, addresses: ContractAddresses): OptionalContracts {
  const contract = <const abi extends Abi>(name: OptionalContractName, abi: abi) => {
    const address = addresses[name]
    return address && new Contract(client, { name, address, abi })
  }
  const bondingVotes = contract('BondingVotes', bondingVotesAbi)
  const livepeerGovernor = contract('LivepeerGovernor', livepeerGovernorAbi)
  const treasury = contract('Treasury', treasuryAbi)
  const governor = contract('Governor', governorAbi)
  const pollCreator = contract('PollCreator', pollCreatorAbi)
  const { AIServiceRegistry } = addresses
  return {
    ...(bondingVotes && { bondingVotes }),
    ...(livepeerGovernor && { livepeerGovernor }),
    ...(treasury && { treasury }),
    ...(governor && { governor }),
    ...(pollCreator && { pollCreator }),
    ...(AIServiceRegistry && { aiServiceRegistry: new ServiceRegistry(client, AIServiceRegistry) }),
  }
}
