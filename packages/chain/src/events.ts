/** @module The contracts' events, decoded and typed. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { type ContractEventArgsFromTopics, type ContractEventName, type Log, parseEventLogs } from 'viem'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { minterAbi } from './abis/minter.ts'
import { roundsManagerAbi } from './abis/rounds-manager.ts'
import { serviceRegistryAbi } from './abis/service-registry.ts'
import { ticketBrokerAbi } from './abis/ticket-broker.ts'
import type { ContractAddresses } from './addresses.ts'

type Sources = {
  readonly BondingManager: typeof bondingManagerAbi
  readonly TicketBroker: typeof ticketBrokerAbi
  readonly RoundsManager: typeof roundsManagerAbi
  readonly ServiceRegistry: typeof serviceRegistryAbi
  readonly Minter: typeof minterAbi
}

const EVENT_SOURCES: Sources = {
  BondingManager: bondingManagerAbi,
  TicketBroker: ticketBrokerAbi,
  RoundsManager: roundsManagerAbi,
  ServiceRegistry: serviceRegistryAbi,
  Minter: minterAbi,
}

type EventOf<contract extends keyof Sources> = {
  [name in ContractEventName<Sources[contract]>]: {
    readonly contract: contract
    readonly name: name
    readonly args: Required<ContractEventArgsFromTopics<Sources[contract], name>>
    readonly transaction: Hex
    readonly blockNumber: bigint
    readonly blockHash: Hex
    /** Position in the block. */
    readonly logIndex: number
  }
}[ContractEventName<Sources[contract]>]

/** Told apart by `contract` and `name`, e.g. `TicketBroker` `WinningTicketRedeemed`. Argument names are the ABI's. */
export type ChainEvent = { [contract in keyof Sources]: EventOf<contract> }[keyof Sources]

/** Addresses whose logs `decodeEvents` understands. */
export function eventAddresses(addresses: ContractAddresses): Address[] {
  return contractsWithEvents().map((contract) => addresses[contract])
}

/** Logs of other contracts and unknown events are left out; order is kept. */
export function decodeEvents(logs: readonly Log[], addresses: ContractAddresses): readonly ChainEvent[] {
  const byAddress = new Map(contractsWithEvents().map((name) => [addresses[name].toLowerCase(), name]))
  return logs.flatMap((log) => {
    const contract = byAddress.get(log.address.toLowerCase())
    if (!contract || log.blockNumber === null || log.blockHash === null || log.transactionHash === null)
      return []
    const [decoded] = parseEventLogs({ abi: EVENT_SOURCES[contract], logs: [log] })
    if (!decoded) return []
    const event = {
      contract,
      name: decoded.eventName,
      args: decoded.args,
      transaction: log.transactionHash,
      blockNumber: log.blockNumber,
      blockHash: log.blockHash,
      logIndex: log.logIndex ?? 0,
    }
    // parseEventLogs pairs name and arguments by the same ABI; the union over contracts is beyond its types.
    return [event as ChainEvent]
  })
}

function contractsWithEvents(): (keyof Sources)[] {
  // Keys of a constant of this file.
  return Object.keys(EVENT_SOURCES) as (keyof Sources)[]
}
