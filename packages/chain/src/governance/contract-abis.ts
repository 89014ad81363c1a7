/** @module The contracts that proposals are about, by name. */
import type { Abi } from 'viem'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { controllerAbi } from '../abis/controller.ts'
import { governorAbi } from '../abis/governor.ts'
import { livepeerGovernorAbi } from '../abis/livepeer-governor.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { minterAbi } from '../abis/minter.ts'
import { roundsManagerAbi } from '../abis/rounds-manager.ts'
import { ticketBrokerAbi } from '../abis/ticket-broker.ts'
import { treasuryAbi } from '../abis/treasury.ts'

/** What proposals call; the names are those at the Controller. */
export const GOVERNED_NAMES = [
  'BondingManager',
  'Controller',
  'LivepeerGovernor',
  'LivepeerToken',
  'Minter',
  'RoundsManager',
  'TicketBroker',
  'Treasury',
] as const

/** `Governor` stages updates; mainnet has none. */
export type GovernedName = (typeof GOVERNED_NAMES)[number] | 'Governor'

export const GOVERNED_ABIS: Readonly<Record<GovernedName, Abi>> = {
  BondingManager: bondingManagerAbi,
  Controller: controllerAbi,
  Governor: governorAbi,
  LivepeerGovernor: livepeerGovernorAbi,
  LivepeerToken: livepeerTokenAbi,
  Minter: minterAbi,
  RoundsManager: roundsManagerAbi,
  TicketBroker: ticketBrokerAbi,
  Treasury: treasuryAbi,
}

/** Where they are in one deployment. */
export type GovernedAddresses = Readonly<Record<Exclude<GovernedName, 'Governor'>, `0x${string}`>> & {
  readonly Governor?: `0x${string}`
}
