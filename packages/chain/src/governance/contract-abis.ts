/** @module The contracts that proposals are about, by name. */
import type { Abi } from 'viem'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { controllerAbi } from '../abis/controller.ts'
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

export type GovernedName = (typeof GOVERNED_NAMES)[number]

export const GOVERNED_ABIS: Readonly<Record<GovernedName, Abi>> = {
  BondingManager: bondingManagerAbi,
  Controller: controllerAbi,
  LivepeerGovernor: livepeerGovernorAbi,
  LivepeerToken: livepeerTokenAbi,
  Minter: minterAbi,
  RoundsManager: roundsManagerAbi,
  TicketBroker: ticketBrokerAbi,
  Treasury: treasuryAbi,
}

/** Where they are in one deployment. */
export type GovernedAddresses = Readonly<Record<GovernedName, `0x${string}`>>
