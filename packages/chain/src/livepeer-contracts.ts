/** @module The contracts of one deployment, found through its Controller. */
import type { Address } from '@tessera/protocol/address'
import { type ContractAddresses, discoverAddresses } from './addresses.ts'
import type { ChainClient } from './client.ts'
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
  }
}
