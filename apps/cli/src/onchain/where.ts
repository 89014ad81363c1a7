/** @module Finds the chain and its Controller: from options, from a local network's settings, or by the chain's id. */
import { resolve } from 'node:path'
import type { ChainClient } from '@tessera/chain/client'
import { devnetController } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { RpcUnreachableError } from '@tessera/chain/errors'
import { LocalSigner } from '@tessera/chain/node/signer'
import { type Address, address } from '@tessera/protocol/address'
import { dataHint, ownerOf } from '../network/running-network.ts'
import { checkedAddress } from './checked-address.ts'
import { connectTo, type LocalEnd, localEnd } from './local-end.ts'
import type { ReadingOptions } from './options.ts'
import { NoChainError, UsageError } from './problems.ts'

/** Livepeer's Controller on Arbitrum One. */
const ARBITRUM_ONE = { chainId: 42_161, controller: '0xD8E8328501E9645d16Cf49539efC04f734606ee4' } as const

type Where = Pick<ReadingOptions, 'rpc' | 'controller' | 'data'>

/** What the gateway of the local network was told; it is there once the network has started for the first time. */
const localNetwork = (data: string): LocalEnd | undefined => localEnd(data, 'gateway', 'chain')

/** Connects to `--rpc`, or to the local network. @throws {NoChainError} and as `ChainClient.connect`. */
export async function findChain(options: Where): Promise<ChainClient> {
  if (options.rpc) return connectTo(options.rpc, '--rpc')
  const local = localNetwork(options.data)
  if (!local) {
    throw new NoChainError(
      'There is no chain to talk to.',
      dataHint(options.data) ??
        'Start a network with ./tessera up, or say where the chain is with --rpc URL.',
    )
  }
  try {
    return await connectTo(local.rpcUrl, '--rpc')
  } catch (error) {
    if (!(error instanceof RpcUnreachableError)) throw error
    throw new NoChainError(
      `The network in ${resolve(options.data)} is not running.`,
      dataHint(options.data) ?? 'Start it with ./tessera up, or say where the chain is with --rpc URL.',
      error,
    )
  }
}

/** The Controller's address on this chain. @throws {UsageError} when nobody knows it. */
export function findController(client: ChainClient, options: Where): Address {
  if (options.controller) return checkedAddress(options.controller)
  const local = options.rpc ? undefined : localNetwork(options.data)
  if (local) return address(local.controller)
  if (client.chainId === ARBITRUM_ONE.chainId) return ARBITRUM_ONE.controller
  if (client.chainId === DEVNET_CHAIN_ID) {
    return devnetController(LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0).address)
  }
  throw new UsageError(
    `Nobody knows the Controller of chain ${client.chainId}.`,
    'Give its address with --controller.',
  )
}

/** Whether the chain is that of a network of ours that is running: its orchestrators open rounds by themselves. */
export function isRunningHere(options: Where): boolean {
  const local = ownerOf(options.data) === undefined ? undefined : localNetwork(options.data)
  if (!local) return false
  return options.rpc === undefined || portOf(options.rpc) === portOf(local.rpcUrl)
}

/** Of a URL on this machine. */
function portOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { hostname, port } = new URL(url)
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? port : undefined
}
