/** @module Every custom error that a contract of ours can raise, to put a name to revert data. */
import type { Abi, AbiItem } from 'viem'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { controllerAbi } from './abis/controller.ts'
import { livepeerTokenAbi } from './abis/livepeer-token.ts'
import { managerProxyAbi } from './abis/manager-proxy.ts'
import { minterAbi } from './abis/minter.ts'
import { roundsManagerAbi } from './abis/rounds-manager.ts'
import { serviceRegistryAbi } from './abis/service-registry.ts'
import { ticketBrokerAbi } from './abis/ticket-broker.ts'

const ABIS: readonly Abi[] = [
  bondingManagerAbi,
  controllerAbi,
  livepeerTokenAbi,
  managerProxyAbi,
  minterAbi,
  roundsManagerAbi,
  serviceRegistryAbi,
  ticketBrokerAbi,
]

/** Revert strings and panics are not in it: they need no ABI. */
export const errorsAbi: readonly AbiItem[] = ABIS.flatMap((abi) =>
  abi.filter((item) => item.type === 'error'),
)
